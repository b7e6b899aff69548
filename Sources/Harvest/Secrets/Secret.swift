/// A token or password: usable, but not printable.
///
/// Whatever prints values (interpolation, `dump`, a debugger, a test's failure) shows `<redacted>`; the text comes out
/// only where ``reveal()`` is written, which is where a request is built.
public struct Secret: Equatable, Sendable {
  private let text: String

  public init(_ text: String) {
    self.text = text
  }

  public func reveal() -> String {
    text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { Redactor.blank }
  public var debugDescription: String { Redactor.blank }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
