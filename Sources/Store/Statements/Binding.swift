import GRDBSQLite
import Runs

/// Binds the parameters of a statement one after another, in the order in which its text first names them.
struct Binding {
  let handle: OpaquePointer
  private(set) var count: CInt = 0
  private(set) var code = SQLITE_OK

  mutating func next(_ integer: Int64?) {
    count += 1
    note(integer.map { sqlite3_bind_int64(handle, count, $0) } ?? sqlite3_bind_null(handle, count))
  }

  mutating func next(_ flag: Bool) {
    next(flag ? 1 : 0)
  }

  mutating func next(_ instant: Instant?) {
    next(instant?.milliseconds)
  }

  mutating func next(_ text: String) {
    count += 1
    var text = text
    note(
      text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          $0.isEmpty
            ? sqlite3_bind_text(handle, count, "", 0, transient)
            : sqlite3_bind_text(handle, count, $0.baseAddress, CInt($0.count), transient)
        }
      })
  }

  mutating func next(_ bytes: [UInt8]) {
    count += 1
    note(
      bytes.withUnsafeBytes {
        // Without an address SQLite would bind null.
        $0.isEmpty
          ? sqlite3_bind_zeroblob(handle, count, 0)
          : sqlite3_bind_blob(handle, count, $0.baseAddress, CInt($0.count), transient)
      })
  }

  /// An object of ours, for a virtual table; it is not kept, so the caller holds it as long as the statement runs.
  mutating func next(_ object: AnyObject, _ type: StaticString) {
    count += 1
    note(
      sqlite3_bind_pointer(
        handle, count, Unmanaged.passUnretained(object).toOpaque(),
        UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self), nil))
  }

  private mutating func note(_ result: CInt) {
    if result != SQLITE_OK { code = result }
  }
}

/// Values for the parameters of a statement, by name, in any order.
struct Arguments: ExpressibleByDictionaryLiteral {
  var pairs: [(String, Value)]

  init(_ pairs: [(String, Value)]) {
    self.pairs = pairs
  }

  init(dictionaryLiteral pairs: (String, Value)...) {
    self.pairs = pairs
  }

  static func + (left: Arguments, right: Arguments) -> Arguments {
    Arguments(left.pairs + right.pairs)
  }
}

/// SQLite's SQLITE_TRANSIENT, a C macro that Swift cannot import: "copy this text before returning".
let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
