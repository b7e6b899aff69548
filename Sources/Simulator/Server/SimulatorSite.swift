/// The simulated APIs behind one port: finds out which one a request is for, and spoils what faults say.
struct SimulatorSite: Sendable {
  /// The first that serves a path answers.
  let apis: [any SimulatedAPI]
  let faults: FaultDoor
  let log: RequestLog
  let clock: SimulatorClock

  func answer(to request: SimulatedRequest) async -> SimulatedAnswer {
    let number = log.add(method: request.method, path: request.path, query: request.query, clock: clock.now)
    let moved = request.path.hasPrefix(SimulatorFault.movedPath + "/")
    let path = moved ? String(request.path.dropFirst(SimulatorFault.movedPath.count)) : request.path
    let decided = faults.decide("\(request.method) \(request.target)", path: path)
    var answer = await answer(to: request, path: path, decided)
    // A vendor's server has one clock: what it says of signs of life is right by the date that it gives.
    answer.headers["Date"] = HTTPDate.text(clock.now)
    if answer.ending != .unsent { log.answered(number, answer.status) }
    return answer
  }

  private func answer(to request: SimulatedRequest, path: String, _ decided: FaultsInForce) async -> SimulatedAnswer {
    guard let api = apis.first(where: { $0.serves(path) }) else { return SimulatedAnswer(404) }
    for fault in decided.answers {
      if let answer = fault.answer(instead: request, of: api, at: clock.now) { return answer }
    }
    let right = await api.answer(to: request, path: path, decided)
    return decided.answers.reduce(right) { $1.spoil($0) }
  }
}
