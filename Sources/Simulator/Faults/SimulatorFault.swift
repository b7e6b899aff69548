/// A way in which the simulated APIs misbehave, and how often: what a harvester must survive.
///
///     SimulatorFault(.tooManyRequests, rate: 0.2)              // every fifth request
///     SimulatorFault(.serverError, on: "/pods", times: 2)      // each request for pods fails twice, then succeeds
///     try SimulatorFault(parsing: "cut=0.1@/runs")             // as on the command line
package struct SimulatorFault: Hashable, Sendable {
  package var name: Name
  /// The share of requests, or of rows, that it hits; from 0 to 1.
  package var rate: Double
  /// Hits only requests whose path contains this text.
  package var path: String?
  /// Hits only the first so many requests of the same method, path and query.
  package var times: Int?
  /// How long ``Name/hanging`` stays silent before it drops the connection, and how long ``Name/slowBody`` takes.
  package var delay: Duration

  package init(
    _ name: Name, rate: Double? = nil, on path: String? = nil, times: Int? = nil,
    delay: Duration = SimulatorDefaults.faultDelay
  ) {
    self.name = name
    self.rate = rate ?? name.usualRate
    self.path = path
    self.times = times
    self.delay = delay
  }
}

extension SimulatorFault {
  /// Reads `NAME[=RATE][@PATH]`.
  package init(parsing text: String) throws(SimulatorFaultError) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = Name(rawValue: String(parts[0])) else { throw .unknownName(String(parts[0])) }
    var rate: Double?
    if parts.count > 1 {
      guard let given = Double(parts[1]), (0...1).contains(given) else { throw .rate(String(parts[1]), of: name) }
      rate = given
    }
    if halves.count > 1, halves[1].isEmpty { throw .noPath(name) }
    self.init(name, rate: rate, on: halves.count > 1 ? String(halves[1]) : nil)
  }
}

/// Why a text is no fault.
package enum SimulatorFaultError: Error, Equatable, CustomStringConvertible {
  case unknownName(String)
  case rate(String, of: SimulatorFault.Name)
  case noPath(SimulatorFault.Name)

  package var description: String {
    switch self {
    case .unknownName(let name):
      "the simulator has no fault \"\(name)\"; choose from: "
        + SimulatorFault.Name.allCases.map(\.rawValue).joined(separator: ", ")
    case .rate(let text, let name):
      "the fault \(name.rawValue) has the rate \"\(text)\"; give a share from 0 to 1, such as \(name.rawValue)=0.2"
    case .noPath(let name):
      "the fault \(name.rawValue) has nothing after @; give a part of the paths that it hits, such as "
        + "\(name.rawValue)@/runs"
    }
  }
}
