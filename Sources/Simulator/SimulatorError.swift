/// Why the simulator could not do what was asked.
package enum SimulatorError: Error, Equatable, CustomStringConvertible {
  case portInUse(Int)
  case noSuchPort(Int)
  case cannotListen(port: Int, reason: String)
  case cannotWrite(path: String, reason: String)

  package var description: String {
    switch self {
    case .portInUse(let port):
      "the simulator cannot listen on 127.0.0.1:\(port): another program does; choose another port, or 0 for a free one"
    case .noSuchPort(let port):
      "the simulator cannot listen on port \(port): ports go from 1 to 65535, or 0 for a free one"
    case .cannotListen(let port, let reason):
      "the simulator cannot listen on 127.0.0.1:\(port): \(reason); choose another port, or 0 for a free one"
    case .cannotWrite(let path, let reason):
      "the simulated answers cannot be written to \(path): \(reason); choose a directory that you may write to"
    }
  }
}
