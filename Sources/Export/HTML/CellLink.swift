import Foundation
import Runs

/// Where the cells of a column lead on a page that is served.
package struct CellLink: Equatable, Sendable {
  /// The column whose cells are links.
  package var column: String
  /// `/runs/{run_id}?source={source}`: the name of a column in braces stands for its value in the row.
  package var address: String

  package init(_ column: String, to address: String) {
    (self.column, self.address) = (column, address)
  }
}

/// An address with places for the values of a row.
struct CellAddress: Equatable {
  private enum Part: Equatable {
    case text(String)
    case value(Int)
  }

  private var parts: [Part] = []

  /// Nil where a report lacks one of the columns.
  init?(_ address: String, _ head: ReportHead) {
    for (index, piece) in address.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let end = piece.firstIndex(of: "}") else {
        parts.append(.text(String(piece)))
        continue
      }
      guard let column = head.columns.firstIndex(where: { $0.name == piece[..<end] }) else { return nil }
      parts += [.value(column), .text(String(piece[piece.index(after: end)...]))]
    }
  }

  /// Nil for a row that has no value in one of the places: there is nowhere to go.
  func text(_ values: [Value]) -> String? {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .value(let index):
        guard case .text(let value) = values[index],
          let encoded = value.addingPercentEncoding(withAllowedCharacters: CellAddress.plain)
        else { return nil }
        text += encoded
      }
    }
    return text
  }

  /// What means nothing in an address but itself.
  private static let plain = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
