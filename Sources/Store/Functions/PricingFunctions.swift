import GRDB
import Runs
import Synchronization

extension ReportFunctions {
  /// Functions that know the price history and the runners' settings, as the tally does.
  static func pricing(_ book: PriceBook) -> [DatabaseFunction] {
    let runs = RunPricing(book)
    return [
      // instance_type_at(runner, instant), timeout_at(runner, instant): the runner's settings in force.
      .pure("instance_type_at", 2) { given in
        guard let runner = try given.integer(0), let instant = try given.instant(1) else { return nil }
        return book.version(of: runner, at: instant).version.instanceType
      },
      .pure("timeout_at", 2) { given in
        guard let runner = try given.integer(0), let instant = try given.instant(1) else { return nil }
        return book.version(of: runner, at: instant).version.timeoutSeconds
      },
      // price_at(runner, instant), price_assumed_at(runner, instant): the id of the price in force, 0 for none.
      .pure("price_at", 2) { given in
        guard let runner = try given.integer(0), let instant = try given.instant(1) else { return nil }
        return runs.place(runner, instant).price
      },
      .pure("price_assumed_at", 2) { given in
        guard let runner = try given.integer(0), let instant = try given.instant(1) else { return nil }
        return runs.place(runner, instant).isAssumed
      },
      // run_billed, run_cost, run_currency, run_assumed(runner, start, end): over all slices of a run; null without a
      // start. Two currencies are never added: a run that has both has no cost and no currency.
      .pure("run_billed", 3) { given in try runs.sum(given)?.billed },
      .pure("run_cost", 3) { given in try runs.sum(given)?.cost() },
      .pure("run_currency", 3) { given in try runs.sum(given)?.currency },
      .pure("run_assumed", 3) { given in try runs.sum(given)?.isAssumed },
    ]
  }
}

/// Prices whole runs, one at a time: several functions of one row ask for the same run.
private final class RunPricing: Sendable {
  struct Sum: Sendable {
    var billed: Int64 = 0
    var isAssumed = false
    /// Milliseconds per price, in the order of the slices.
    var priced: [(milliseconds: Int64, price: Price)] = []
    /// Nil is one too, until somebody names it.
    var currencies: Set<String?> = []
    var isUnpriced = false

    var currency: String? { currencies.count == 1 ? currencies.first ?? nil : nil }

    /// Null where nothing of the run is priced; a run that took no time costs 0.
    func cost() throws -> String? {
      if currencies.count > 1 { return nil }
      if priced.isEmpty { return isUnpriced ? nil : Money.zero.description }
      var sum = Money.zero
      for part in priced { sum = try sum.adding(try Money(milliseconds: part.milliseconds, at: part.price)) }
      return sum.description
    }
  }

  private struct State {
    var slicer: Slicer
    var key: [Int64] = []
    var sum = Sum()
  }

  private let state: Mutex<State>

  init(_ book: PriceBook) {
    state = Mutex(State(slicer: Slicer(book: book)))
  }

  func place(_ runner: Int64, _ instant: Instant) -> (instanceType: Int64, price: Int64, isAssumed: Bool) {
    state.withLock { $0.slicer.place(of: runner, at: instant) }
  }

  func sum(_ given: FunctionArguments) throws -> Sum? {
    guard let runner = try given.integer(0), let start = try given.instant(1), let end = try given.instant(2)
    else { return nil }
    return state.withLock { state in
      let key = [runner, start.milliseconds, end.milliseconds]
      if state.key == key { return state.sum }
      var sum = Sum()
      for slice in state.slicer.slices(of: runner, from: start, until: end) {
        sum.billed += slice.billed
        sum.isAssumed = sum.isAssumed || slice.isAssumed
        if let entry = state.slicer.book.entry(id: slice.price) {
          sum.priced.append((slice.billed, entry.price))
          sum.currencies.insert(entry.currency)
        } else {
          sum.isUnpriced = true
        }
      }
      state.key = key
      state.sum = sum
      return sum
    }
  }
}
