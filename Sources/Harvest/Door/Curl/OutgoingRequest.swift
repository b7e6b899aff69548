/// What is sent, and the way that it takes.
struct OutgoingRequest: Sendable {
  var method = AnswerRequest.Method.get
  var address: String
  /// Every value is fit to be sent: it holds no line break.
  var fields: [(name: String, value: Secret)]
  /// Nil for none; empty for one without a byte.
  var body: [UInt8]?
  /// Nil for the straight way.
  var proxy: Proxy?
  var trust: Trust
  var limits: LiveLimits
}
