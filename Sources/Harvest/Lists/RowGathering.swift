/// The runners of one list, gathered while it streams in: each once, as it was told last.
///
/// A visit needs all of them together, to see who is missing and what each costs. So they have a bound that no fleet
/// comes near, and a list of any length takes no more memory than that.
struct RowGathering<Row> {
  /// How many are decoded before they are gathered.
  static var batchSize: Int { 1000 }

  let countLimit: Int
  /// Bytes of text that they may have together.
  let textLimit: Int
  private(set) var rows: [Row] = []
  private var indices: [RowKey: Int] = [:]
  private var textSize = 0
  private var isFull = false
  private let id: (Row) -> String
  private let size: (Row) -> Int

  /// - Parameter size: about how many bytes of text a row holds.
  init(
    countLimit: Int = 50_000, textLimit: Int = 32 << 20, id: @escaping (Row) -> String,
    size: @escaping (Row) -> Int
  ) {
    self.countLimit = countLimit
    self.textLimit = textLimit
    self.id = id
    self.size = size
  }

  mutating func add(_ batch: [Row]) {
    for row in batch { add(row) }
  }

  private mutating func add(_ row: Row) {
    let key = RowKey(id(row))
    let known = indices[key]
    let textSize = textSize + size(row) - (known.map { size(rows[$0]) } ?? 0)
    guard textSize <= textLimit, known != nil || rows.count < countLimit else {
      isFull = true
      return
    }
    self.textSize = textSize
    if let known {
      rows[known] = row
    } else {
      indices[key] = rows.count
      rows.append(row)
    }
  }

  /// What keeps the list from being complete.
  var problems: [String] {
    isFull ? ["there are more runners than are taken from one list, which are \(rows.count)"] : []
  }
}
