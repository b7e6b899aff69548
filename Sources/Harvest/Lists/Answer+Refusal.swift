/// What a status says against an answer, whatever was asked for.
extension Answer {
  /// The error when the status says that this is not what was asked for.
  func refusal() async -> HarvestError? {
    func error(_ reason: HarvestError.Reason) -> HarvestError {
      HarvestError(reason, at: place).after(attempts: requests)
    }
    switch status {
    case 200...299: return nil
    case 300...399:
      // A query may hold a session or a key.
      let target = headers["location"]?.prefix { $0 != "?" && $0 != "#" }
      return error(.redirect(status: status, target: target.map(String.init)))
    default: break
    }
    let text = ErrorText.extract(from: await body.prefix(bytes: ErrorText.byteLimit))
    var refusal: HarvestError
    switch status {
    case 401: refusal = error(.unauthorized)
    case 403: refusal = error(.forbidden)
    case 404: refusal = error(.notFound)
    default:
      refusal = error(.status(status, text: text))
      refusal.retryAfter = retryAfter
      refusal.longestWait = longestWait
      return refusal
    }
    refusal.words = text.flatMap { ErrorText.saysMore($0) ? $0 : nil }
    return refusal
  }
}
