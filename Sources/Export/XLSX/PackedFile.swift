import Foundation

/// What a finished spreadsheet says of itself: how long each of its parts was before it was packed.
///
/// libxlsxwriter does not always notice that a disk is full while it puts a sheet together, and would pack half of one. What is
/// shorter than the rows that were written is told.
enum PackedFile {
  /// The lengths by name, from the list at the end of the file; nil where there is none.
  static func lengths(_ descriptor: Int32) -> [String: Int]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size >= endLength else { return nil }
    guard let end = bytes(descriptor, at: Int(status.st_size) - endLength, count: endLength),
      number(end, 0, 4) == 0x0605_4B50
    else { return nil }
    guard let list = bytes(descriptor, at: number(end, 16, 4), count: number(end, 12, 4)) else { return nil }
    var lengths: [String: Int] = [:]
    var place = 0
    while place + headLength <= list.count, number(list, place, 4) == 0x0201_4B50 {
      let (name, extra, comment) = (
        number(list, place + 28, 2), number(list, place + 30, 2), number(list, place + 32, 2)
      )
      let start = place + headLength
      guard start + name <= list.count else { return nil }
      lengths[String(decoding: list[start..<start + name], as: UTF8.self)] = number(list, place + 24, 4)
      place = start + name + extra + comment
    }
    return lengths
  }

  /// Of the end of the list, without a remark, and of one of its entries, without what has no fixed length.
  private static let (endLength, headLength) = (22, 46)

  private static func bytes(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
    return read == count ? bytes : nil
  }

  /// Little end first.
  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
