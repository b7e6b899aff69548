import GRDB
import Runs
import Synchronization

extension ReportFunctions {
  /// Functions that know the price history and the runners' settings, as the tally does.
  static func pricing(_ book: PriceBook) -> [ScalarFunction] {
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
      .pure("run_cost", 3) { given in try runs.sum(given)?.cost.get() },
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
    /// Null where nothing of the run is priced; a run that took no time costs 0.
    var cost: Result<String?, any Error>
    /// Nil where there are two, or where nobody named one.
    var currency: String?

    init(of slices: [Slice], in book: PriceBook) {
      var priced: [(milliseconds: Int64, entry: PriceEntry)] = []
      for slice in slices {
        billed += slice.billed
        isAssumed = isAssumed || slice.isAssumed
        if let entry = book.entry(id: slice.price) { priced.append((slice.billed, entry)) }
      }
      guard let first = priced.first else {
        cost = .success(slices.isEmpty ? Money.zero.description : nil)
        return
      }
      guard priced.allSatisfy({ $0.entry.currency == first.entry.currency }) else {
        cost = .success(nil)
        return
      }
      currency = first.entry.currency
      cost = Result {
        try priced.reduce(Money.zero) { try $0.adding(Money(milliseconds: $1.milliseconds, at: $1.entry.price)) }
          .description
      }
    }
  }

  private struct State {
    var slicer: Slicer
    var runner: Int64 = 0
    var start = Instant(milliseconds: 0)
    var end = Instant(milliseconds: 0)
    var sum: Sum?
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
      if let sum = state.sum, state.runner == runner, state.start == start, state.end == end { return sum }
      let sum = Sum(of: state.slicer.slices(of: runner, from: start, until: end), in: state.slicer.book)
      (state.runner, state.start, state.end, state.sum) = (runner, start, end, sum)
      return sum
    }
  }
}
