import Runs
import Synchronization

/// The faults that hold at the moment, and the decision which request they hit.
///
/// A request is decided by the seed, its method, path and query, and by how often it came before. So concurrency does
/// not change what happens to it, and a retry has another chance.
final class FaultDoor: Sendable {
  private struct State {
    var faults: [SimulatorFault]
    var attempts: [String: UInt64] = [:]
  }

  private let seed: UInt64
  private let state: Mutex<State>

  init(seed: UInt64, faults: [SimulatorFault]) {
    self.seed = seed
    state = Mutex(State(faults: faults))
  }

  var faults: [SimulatorFault] {
    get { state.withLock { $0.faults } }
    // Attempts are counted anew, so that `times` begins again.
    set { state.withLock { $0 = State(faults: newValue) } }
  }

  /// - Parameters:
  ///   - key: method, path and query.
  ///   - path: what the faults' paths are held against.
  func decide(_ key: String, path: String) -> FaultsInForce {
    let (faults, attempt) = state.withLock { state in
      guard !state.faults.isEmpty else { return ([SimulatorFault](), UInt64(0)) }
      let attempt = state.attempts[key, default: 0]
      state.attempts[key] = attempt + 1
      return (state.faults, attempt)
    }
    var decided = FaultsInForce(rows: RowFaults(seed: seed))
    for (index, fault) in faults.enumerated() {
      if let part = fault.path, !path.contains(part) { continue }
      if let times = fault.times, attempt >= times { continue }
      switch fault.name.kind {
      case .row: decided.rows.rates[fault.name] = fault.rate
      case .setting: decided.settings.insert(fault.name)
      case .answer, .list:
        var generator = SplitMix64(seed: seed, SplitMix64.hash(key), attempt, UInt64(index))
        guard generator.chance(fault.rate) else { continue }
        if fault.name.kind == .list {
          decided.lists.insert(fault.name)
        } else {
          decided.answers.append(fault.turned(by: &generator))
        }
      }
    }
    return decided
  }
}

/// What was decided for one request.
struct FaultsInForce: Sendable {
  var answers: [SimulatorFault] = []
  var lists: Set<SimulatorFault.Name> = []
  var settings: Set<SimulatorFault.Name> = []
  var rows: RowFaults
}

/// Which rows are hit: decided by the seed and the row alone, so that a row looks the same whenever it is read.
struct RowFaults: Sendable {
  static let none = RowFaults(seed: 0)

  var seed: UInt64
  var rates: [SimulatorFault.Name: Double] = [:]

  init(seed: UInt64) {
    self.seed = seed
  }

  func hits(_ name: SimulatorFault.Name, _ row: UInt64) -> Bool {
    // Most lists have no fault at all, and may be a million rows long.
    guard !rates.isEmpty, let rate = rates[name] else { return false }
    var generator = SplitMix64(seed: seed, SplitMix64.hash(name.rawValue), row)
    return generator.chance(rate)
  }

  /// The rows that are left when some vanish: at least one does.
  func withoutVanished<Row>(_ rows: [Row], _ id: (Row) -> UInt64) -> [Row] {
    guard let rate = rates[.vanishedRunner], rate > 0, !rows.isEmpty else { return rows }
    let ranks = rows.map { SplitMix64.draw(seed, id($0)) }
    let gone = max(Int(rate * Double(rows.count)), 1)
    let last = ranks.sorted()[gone - 1]
    return zip(rows, ranks).filter { $0.1 > last }.map(\.0)
  }

  /// The rows of a list, some of them twice.
  func withDuplicates<Row>(_ rows: [Row], _ id: (Row) -> UInt64) -> [Row] {
    guard rates[.duplicateRows] != nil else { return rows }
    return rows.flatMap { hits(.duplicateRows, id($0)) ? [$0, $0] : [$0] }
  }
}

extension SimulatorFault {
  /// ``Name/mixed`` is one of five at each hit.
  fileprivate func turned(by generator: inout SplitMix64) -> SimulatorFault {
    guard name == .mixed else { return self }
    var one = self
    one.name = generator.choose([.tooManyRequests, .serverError, .cutBody, .hanging, .html])
    return one
  }
}

extension SplitMix64 {
  static func hash(_ text: String) -> UInt64 { Fingerprint(of: text).value }

  static func draw(_ seed: UInt64, _ path: UInt64) -> UInt64 {
    var generator = SplitMix64(seed: seed, path)
    return generator.next()
  }
}
