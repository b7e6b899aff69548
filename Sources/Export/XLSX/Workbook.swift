import CXLSXWriter
import Foundation

/// A spreadsheet that is being made by libxlsxwriter, which keeps one row of each sheet and puts the others on the disk.
///
/// The library can only make a file that it can go back in, so it makes one without a name, and ``finish(to:)`` hands its
/// bytes on. Whatever is left out of the file's head, such as when it was made, is the same every time.
final class Workbook {
  typealias Format = UnsafeMutablePointer<lxw_format>

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  /// Of the file without a name.
  private let descriptor: Int32
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
  private var styles: [CellStyle: Format] = [:]
  /// The library has let go of it.
  private var isClosed = false

  init() throws {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var path = Array("\(folder)/runtally-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw ExportError.sheetRefused(step: "a file in \(folder)", reason: Workbook.why(errno))
    }
    unlink(path)
    guard let workbook = xlsx_workbook("/dev/fd/\(descriptor)", folder) else {
      close(descriptor)
      throw ExportError.sheetRefused(step: "the beginning of the file", reason: Workbook.why(ENOMEM))
    }
    self.workbook = workbook
  }

  deinit {
    if !isClosed { lxw_workbook_free(workbook) }
    close(descriptor)
  }

  /// - Parameter made: seconds since 1970.
  func describe(title: String, subject: String, comments: String, made: Int) throws {
    try Workbook.check(xlsx_set_properties(workbook, title, subject, comments, made), "its properties")
  }

  /// - Parameter name: one that ``SheetNames`` gave.
  func addSheet(_ name: String) throws -> Sheet {
    guard let sheet = workbook_add_worksheet(workbook, name) else {
      throw ExportError.sheetRefused(step: "the sheet \(name)", reason: "its name is not taken")
    }
    sheets.append(sheet)
    return Sheet(sheet)
  }

  /// One format for each style, however many cells have it.
  func format(_ style: CellStyle) -> Format? {
    if let format = styles[style] { return format }
    guard let format = workbook_add_format(workbook) else { return nil }
    if let number = style.number { format_set_num_format(format, number) }
    switch style.role {
    case .value: break
    case .heading:
      format_set_bold(format)
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .total:
      format_set_bold(format)
      format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
    }
    if style.wraps {
      format_set_text_wrap(format)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }
    styles[style] = format
    return format
  }

  /// Makes the file and hands its bytes on.
  func finish(to output: Output) throws {
    let full = ExportError.sheetRefused(step: "rows to the folder of temporary files", reason: Workbook.why(ENOSPC))
    let rows = sheets.map { xlsx_rows_length($0) }
    if rows.contains(where: { $0 < 0 }) { throw full }
    isClosed = true
    try Workbook.check(workbook_close(workbook), "the file")
    guard let lengths = PackedFile.lengths(descriptor) else { throw full }
    for (index, length) in rows.enumerated() {
      guard lengths["xl/worksheets/sheet\(index + 1).xml"] ?? 0 > length else { throw full }
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var offset: off_t = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ExportError.sheetRefused(step: "the file", reason: Workbook.why(errno)) }
      if count == 0 { return }
      try buffer.withUnsafeBufferPointer { try output.append(UnsafeBufferPointer(rebasing: $0[..<count])) }
      offset += off_t(count)
    }
  }

  static func check(_ result: lxw_error, _ step: @autoclosure () -> String) throws {
    guard result != LXW_NO_ERROR else { return }
    let reason = lxw_strerror(result).map { String(cString: $0) } ?? "error \(result.rawValue)"
    throw ExportError.sheetRefused(step: step(), reason: reason)
  }

  private static func why(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// How a cell looks.
struct CellStyle: Hashable {
  enum Role { case heading, value, total }

  var role = Role.value
  /// How a spreadsheet shows the number; `@` keeps a text a text, also when it is edited.
  var number: String?
  var wraps = false

  static let text = CellStyle(number: "@")
}
