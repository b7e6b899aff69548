/// The three simulated APIs behind one port: finds out which one a request is for, and spoils what faults say.
struct SimulatorSite: Sendable {
  let nodion: NodionAPI
  let agentsMesh: AgentsMeshAPI
  let soda: SodaAPI
  let faults: FaultDoor
  let log: RequestLog
  let clock: SimulatorClock

  func answer(to request: SimulatedRequest) async -> SimulatedAnswer {
    let number = log.add(method: request.method, path: request.path, query: request.query, clock: clock.now)
    let moved = request.path.hasPrefix(SimulatorFault.movedPath + "/")
    let path = moved ? String(request.path.dropFirst(SimulatorFault.movedPath.count)) : request.path
    let decided = faults.decide("\(request.method) \(request.target)", path: path)
    let answer = await answer(to: request, path: path, decided)
    if answer.ending != .unsent { log.answered(number, answer.status) }
    return answer
  }

  private func answer(to request: SimulatedRequest, path: String, _ decided: FaultsInForce) async -> SimulatedAnswer {
    let vendor = vendor(of: path)
    for fault in decided.answers {
      if let answer = fault.answer(instead: request, of: vendor) { return answer }
    }
    let right =
      switch vendor {
      case .nodion: await nodion.answer(to: request, path: path, decided)
      case .agentsMesh: await agentsMesh.answer(to: request, path: path, decided)
      case .soda: await soda.answer(to: request, path: path, decided)
      }
    return decided.answers.reduce(right) { $1.spoil($0) }
  }

  private func vendor(of path: String) -> SimulatedVendor {
    if path.hasPrefix(AgentsMeshAPI.root) { return .agentsMesh }
    if path.hasPrefix(SodaAPI.root) { return .soda }
    return .nodion
  }
}
