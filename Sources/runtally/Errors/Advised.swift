/// An error of a layer below, with what to do about it in the words of the command line, which no layer below knows.
protocol Advised: Error {
  var advice: String { get }
}

extension Console {
  /// Says what failed, on what, and what to do now.
  static func warn(_ error: any Error) {
    warn("\(error)" + ((error as? any Advised).map { "; " + $0.advice } ?? ""))
  }
}
