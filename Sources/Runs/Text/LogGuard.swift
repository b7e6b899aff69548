/// Keeps what a program prints from being taken for commands by a CI server that reads it.
///
/// GitHub takes a line for a command that begins with two colons, also behind blanks, and `##[` wherever it stands
/// (actions/runner, "ActionCommand.cs"); Azure Pipelines takes `##vso[`, TeamCity `##teamcity[`. Whatever a vendor
/// called a runner would be run. A dot between the two colons, and before the bracket, ends that.
///
/// It works on bytes as they come, however they are cut: nothing has to be looked at twice or waited for.
package struct LogGuard: Sendable {
  private static let dot = Array("·".utf8)

  /// Only blanks have come since the line began. Other bytes than ASCII count as blanks, because some of them are.
  private var isAtStart = true
  private var hasColon = false
  /// Number signs, or the letters behind two of them.
  private var signs = 0
  /// The last three bytes.
  private var last: UInt32 = 0

  package init() {}

  /// The bytes to print instead; nil where they may be printed as they are.
  package mutating func guarded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8]?
    for (index, byte) in bytes.enumerated() {
      if needsDot(before: byte) {
        if result == nil { result = Array(bytes[..<index]) }
        result? += LogGuard.dot
      }
      result?.append(byte)
    }
    return result
  }

  package static func guarded(_ text: String) -> String {
    var text = text
    var guarding = LogGuard()
    return text.withUTF8 { guarding.guarded($0) }.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  private mutating func needsDot(before byte: UInt8) -> Bool {
    last = last << 8 & 0xFF_FFFF | UInt32(byte)
    let isCommand = isAtStart && hasColon && byte == 0x3A || signs >= 2 && byte == UInt8(ascii: "[")
    noteSigns(byte)
    if endsLine(byte) {
      (isAtStart, hasColon) = (true, false)
    } else if isAtStart {
      if byte == 0x3A, !isCommand {
        hasColon = true
      } else if hasColon || byte > 0x20 && byte < 0x7F {
        (isAtStart, hasColon) = (false, false)
      }
    }
    return isCommand
  }

  private mutating func noteSigns(_ byte: UInt8) {
    if byte == UInt8(ascii: "#") {
      signs = min(2, signs + 1)
    } else if signs < 2 || !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) {
      signs = 0
    }
  }

  /// What some reader takes for the end of a line: LF, VT, FF, CR, NEL, and Unicode's line and paragraph separators.
  private func endsLine(_ byte: UInt8) -> Bool {
    0x0A <= byte && byte <= 0x0D || last & 0xFFFF == 0xC285 || last == 0xE280A8 || last == 0xE280A9
  }
}
