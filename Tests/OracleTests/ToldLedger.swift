import Runs
import Store
import TestSupport

/// All that a series of visits told, kept as plain lists: what a ledger must know, worked out without one.
///
/// Nothing here asks the store or the domain's arithmetic; records are read, and that is all.
struct ToldLedger {
  struct Source {
    var name: String
    var vendor: String
    var currency: String?
    var rule: BillingRule
    var visits: [Visit] = []
    /// How the vendor calls its machine sizes, by id.
    var typeNames: [String: String] = [:]
  }

  struct Visit {
    var at: Int64
    var isFinished = false
    /// The list of runners; nil when it was not read to its end or beyond.
    var hasWholeRunnerList = false
    var isComplete = true
    /// Lists that were read to their end.
    var lists = 0
    /// Machine sizes that were shown with a price, and on which runners.
    var pricedTypes: [String: Set<Int>] = [:]
  }

  /// What a runner was like from an instant on.
  struct Version {
    struct Settings: Equatable {
      var name: String
      var kind: String?
      var labels: [String]
      var image: String?
      var timeout: Int64?
      var region: String?
      var type: String?
    }
    var from: Int64
    /// The last sight of the version before.
    var unsure: Int64?
    var settings: Settings
  }

  struct State: Equatable {
    var status: String?
    var online: Bool?
    var active: Int64?
    var capacity: Int64?
    var version: String?
  }

  struct Runner {
    var source: Int
    var id: String
    var versions: [Version]
    var lastSeen: Int64?
    var missing: Int64?
    /// When complete lists lacked it, before it was found again.
    var absences: [(missing: Int64, found: Int64)] = []
    var regionName: String?
    /// Each sight, with the number of the visit.
    var states: [(visit: Int, state: State)] = []
    var newest: Version.Settings { versions[versions.count - 1].settings }
  }

  struct Run {
    /// In which they came.
    var order: Int
    var runner: Int
    var record: RunRecord
    var outcome: String
    var isInferred: Bool
    var end: Int64?
    var missing: Int64?
  }

  /// A price for an instance type or a runner.
  struct PriceLine {
    enum Subject: Hashable {
      case type(source: Int, id: String)
      case runner(Int)
    }
    var subject: Subject
    var price: PlainDecimal
    var currency: String?
    var isConfigured: Bool
    var from: Int64?
    /// Exclusive: where its runner is called something else.
    var until: Int64?
    var unsure: Int64?
  }

  /// Visits of a source that found a list alike.
  struct Stretch {
    var source: Int
    /// Nil for the list of runners.
    var runner: Int?
    var from: Int
    var until: Int?
    var isComplete: Bool
    var rows: Int
    var confirmedBy: Int
  }

  var zone: String
  var sources: [Source] = []
  var runners: [Runner] = []
  var runs: [Run] = []
  private var runAt: [String: Int] = [:]
  /// In the order in which they were seen; behind them those that were configured, the last of which wins.
  var prices: [PriceLine] = []
  var stretches: [Stretch] = []

  init(zone: String) {
    self.zone = zone
  }
}

// MARK: - Seeing

extension ToldLedger {
  /// - Parameter texts: prices as the vendor writes them, by instance type.
  mutating func see(
    _ answer: VendorAnswer, prices texts: [String: String], at time: Int64, of settings: SourceSettings,
    until kill: KillPoint?
  ) {
    let source = openVisit(at: time, of: settings)
    if kill == .opened { return }
    let seen = see(answer, texts, source)
    if kill == .runnersSaved { return }
    close(source, nil, answer.runners.count, answer.runnersAreComplete)
    if kill == .runnersClosed { return }
    var batches = 0
    for record in answer.runners {
      guard let runner = seen[record.id] else { continue }
      let list = answer.runs[record.id] ?? []
      var listed: Set<Int> = []
      var position = 0
      while position < list.count {
        for run in list[position..<min(list.count, position + answer.batch)] { listed.insert(see(run, of: runner)) }
        position += answer.batch
        batches += 1
        if kill == .batches(batches) { return }
      }
      let isWhole = !answer.brokenLists.contains(record.id)
      if isWhole {
        for run in runs.indices where runs[run].runner == runner && !listed.contains(run) {
          runs[run].missing = runs[run].missing ?? time
        }
      }
      close(source, runner, list.count, isWhole)
    }
    if kill != .beforeFinish { finish(source) }
  }

  private mutating func openVisit(at time: Int64, of settings: SourceSettings) -> Int {
    let source =
      sources.firstIndex { $0.name == settings.name }
      ?? {
        sources.append(
          Source(name: settings.name, vendor: settings.vendor.id, rule: settings.billingRule ?? .exact))
        return sources.count - 1
      }()
    sources[source].currency = sources[source].currency ?? settings.currency
    sources[source].visits.append(Visit(at: time))
    return source
  }

  private mutating func see(_ answer: VendorAnswer, _ texts: [String: String], _ source: Int) -> [String: Int] {
    let (visit, time) = (sources[source].visits.count - 1, sources[source].visits.last?.at ?? 0)
    var records: [String: RunnerRecord] = [:]
    for record in answer.runners { records[record.id] = record }
    var seen: [String: Int] = [:]
    var newPrices: [PriceLine] = []
    var newVersions: [(runner: Int, version: Version)] = []
    for (id, record) in records.sorted(by: { $0.key < $1.key }) {
      let settings = Version.Settings(
        name: record.name, kind: record.kind, labels: record.labels, image: record.image,
        timeout: record.timeoutSeconds, region: record.region?.id, type: record.instanceType?.id)
      let known = runners.firstIndex { $0.source == source && $0.id == id }
      if let type = record.instanceType {
        sources[source].typeNames[type.id] = type.slug ?? type.name
        if let text = texts[type.id], type.pricePerSecond != nil,
          !newPrices.contains(where: { $0.subject == .type(source: source, id: type.id) }),
          let line = priceLine(text, of: type.id, source)
        {
          newPrices.append(line)
        }
      }
      let runner = known ?? runners.count
      if let known {
        let newest = runners[known].versions[runners[known].versions.count - 1]
        if newest.settings != settings {
          newVersions.append(
            (
              known,
              Version(
                from: max(time, newest.from + 1), unsure: max(lastSight(of: known) ?? .min, newest.from),
                settings: settings)
            ))
        }
      } else {
        runners.append(Runner(source: source, id: id, versions: [Version(from: time, settings: settings)]))
      }
      if let type = record.instanceType, type.pricePerSecond != nil {
        sources[source].visits[visit].pricedTypes[type.id, default: []].insert(runner)
      }
      runners[runner].lastSeen = record.lastSeenAt?.milliseconds ?? runners[runner].lastSeen
      runners[runner].regionName = record.region?.slug ?? record.region?.name
      runners[runner].states.append(
        (
          visit,
          State(
            status: record.status, online: record.isOnline, active: record.active, capacity: record.capacity,
            version: record.version)
        ))
      seen[id] = runner
    }
    for runner in seen.values {
      if let missing = runners[runner].missing { runners[runner].absences.append((missing, time)) }
      runners[runner].missing = nil
    }
    if answer.runnersAreComplete {
      for runner in runners.indices where runners[runner].source == source && !seen.values.contains(runner) {
        runners[runner].missing = runners[runner].missing ?? time
      }
    }
    prices += newPrices
    for (runner, version) in newVersions { runners[runner].versions.append(version) }
    return seen
  }

  /// A line for a price that differs from the newest one of its instance type.
  private func priceLine(_ text: String, of type: String, _ source: Int) -> PriceLine? {
    let price = PlainDecimal(price: text)
    let time = sources[source].visits.last?.at ?? 0
    let subject = PriceLine.Subject.type(source: source, id: type)
    let newest = prices.last { !$0.isConfigured && $0.subject == subject }
    if newest?.price == price { return nil }
    var line = PriceLine(subject: subject, price: price, isConfigured: false, from: time)
    if let newest {
      let visits = sources[source].visits.dropLast().filter { $0.isFinished && $0.hasWholeRunnerList }
      let last = visits.last { visit in (visit.pricedTypes[type] ?? []).contains { isListed($0, at: visit.at) } }
      line.unsure = max(newest.from ?? 0, last?.at ?? .min)
    }
    return line
  }

  /// The last finished visit, before the one that goes on, with a whole list of runners that had this one in it.
  private func lastSight(of runner: Int) -> Int64? {
    let visits = sources[runners[runner].source].visits
    return visits.dropLast().last { $0.isFinished && $0.hasWholeRunnerList && isListed(runner, at: $0.at) }?.at
  }

  /// Of visits at the very instant of the first list without it nothing is concluded.
  private func isListed(_ runner: Int, at instant: Int64) -> Bool {
    instant < runners[runner].missing ?? .max
      && !runners[runner].absences.contains { $0.missing <= instant && instant < $0.found }
  }

  private mutating func see(_ record: RunRecord, of runner: Int) -> Int {
    let time = sources[runners[runner].source].visits.last?.at ?? 0
    let key = "\(runner) \(record.id)"
    let known = runAt[key]
    let began = (record.startedAt ?? record.createdAt)?.milliseconds ?? time
    let timeout = version(of: runner, at: began).settings.timeout
    let (outcome, isInferred) = PlainOutcome.of(
      record, vendor: sources[runners[runner].source].vendor, timeout: timeout)
    var end = record.completedAt?.milliseconds
    switch outcome {
    case "pending", "running": end = nil
    case "unknown": break
    default: end = end ?? record.updatedAt?.milliseconds ?? known.flatMap { runs[$0].end } ?? time
    }
    let run = Run(
      order: known ?? runs.count, runner: runner, record: record, outcome: outcome, isInferred: isInferred, end: end)
    if let known { runs[known] = run } else { runs.append(run) }
    runAt[key] = run.order
    return run.order
  }

  /// What the runner was like at an instant: before the first sight as at that.
  func version(of runner: Int, at instant: Int64) -> Version {
    let versions = runners[runner].versions
    return versions.last { $0.from <= instant } ?? versions[0]
  }

  private mutating func close(_ source: Int, _ runner: Int?, _ rows: Int, _ isWhole: Bool) {
    let visit = sources[source].visits.count - 1
    if runner == nil { sources[source].visits[visit].hasWholeRunnerList = isWhole }
    sources[source].visits[visit].isComplete = sources[source].visits[visit].isComplete && isWhole
    sources[source].visits[visit].lists += isWhole ? 1 : 0
    let open = stretches.lastIndex { $0.source == source && $0.runner == runner && $0.until == nil }
    if let open, stretches[open].isComplete == isWhole {
      (stretches[open].rows, stretches[open].confirmedBy) = (rows, visit)
      return
    }
    if let open { end(open) }
    stretches.append(
      Stretch(
        source: source, runner: runner, from: visit, isComplete: isWhole, rows: rows, confirmedBy: visit))
  }

  private mutating func finish(_ source: Int) {
    let visit = sources[source].visits.count - 1
    for stretch in stretches.indices where stretches[stretch].source == source {
      if stretches[stretch].until == nil, stretches[stretch].confirmedBy != visit { end(stretch) }
    }
    sources[source].visits[visit].isFinished = true
  }

  /// It held until the finished visit before this one, or only at the one that began it.
  private mutating func end(_ stretch: Int) {
    let before = sources[stretches[stretch].source].visits.dropLast().lastIndex { $0.isFinished } ?? 0
    stretches[stretch].until = max(stretches[stretch].from, before)
  }
}
