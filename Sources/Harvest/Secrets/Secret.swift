/// A token or password: usable, but not printable.
///
/// Whatever prints values (interpolation, `dump`, a debugger, a test's failure) shows `<redacted>`; the text comes out
/// only where ``reveal()`` is written, which is where a request is built.
package struct Secret: Equatable, Sendable {
  private let text: String

  package init(_ text: String) {
    self.text = text
  }

  package func reveal() -> String {
    text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { Redactor.blank }
  package var debugDescription: String { Redactor.blank }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
