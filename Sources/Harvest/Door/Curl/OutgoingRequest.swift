/// What is sent, and the way that it takes.
struct OutgoingRequest: Sendable {
  var address: String
  /// Every value is fit to be sent: it holds no line break.
  var fields: [(name: String, value: Secret)]
  /// Nil for the straight way.
  var proxy: Proxy?
  var trust: Trust
  var limits: LiveLimits
}
