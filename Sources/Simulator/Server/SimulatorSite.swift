import HTTPTypes
import Hummingbird
import NIOCore

/// The three simulated APIs behind one port: finds out which one a request is for, and spoils what faults say.
struct SimulatorSite: Sendable {
  let nodion: NodionAPI
  let agentsMesh: AgentsMeshAPI
  let soda: SodaAPI
  let faults: FaultDoor
  let log: RequestLog
  let clock: SimulatorClock

  func answer(to request: Request, on channel: any Channel) async throws -> Response {
    let number = log.add(
      method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "", clock: clock.now)
    let moved = request.uri.path.hasPrefix(SimulatorFault.movedPath + "/")
    let path = moved ? String(request.uri.path.dropFirst(SimulatorFault.movedPath.count)) : request.uri.path
    let decided = faults.decide("\(request.method.rawValue) \(request.uri.string)", path: path)
    var response = try await answer(to: request, path: path, decided, on: channel)
    // The answer to HEAD has the headers of the answer to GET, and what followed them would be read as the next answer.
    if request.method == .head {
      let length = response.body.contentLength.map(String.init)
      response.body = ResponseBody { try await $0.finish(nil) }
      // A body sets the length anew.
      response.headers[.contentLength] = length
    }
    log.answered(number, response.status.code)
    return response
  }

  private func answer(
    to request: Request, path: String, _ decided: FaultsInForce, on channel: any Channel
  ) async throws -> Response {
    let vendor = vendor(of: path)
    for fault in decided.answers {
      if let response = try await fault.answer(instead: request, of: vendor, on: channel) { return response }
    }
    var response =
      switch vendor {
      case .nodion: await nodion.answer(to: request, path: path, decided)
      case .agentsMesh: await agentsMesh.answer(to: request, path: path, decided)
      case .soda: await soda.answer(to: request, path: path, decided)
      }
    for fault in decided.answers { response = try await fault.spoil(response) }
    return response
  }

  private func vendor(of path: String) -> SimulatedVendor {
    if path.hasPrefix(AgentsMeshAPI.root) { return .agentsMesh }
    if path.hasPrefix(SodaAPI.root) { return .soda }
    return .nodion
  }
}

/// Carries the connection along, which faults break.
struct SimulatorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
