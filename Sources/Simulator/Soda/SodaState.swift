import Runs

/// What the simulated Soda API remembers: the world's runners, and what was created and deleted since.
actor SodaState {
  /// Invented: how long a new runner takes to register itself with its key.
  static let registration: Int64 = 90_000

  enum Deletion: Sendable {
    case done, missing, inUse, notSelfHosted
  }

  private let seed: UInt64
  private var runners: [SodaRunner]
  private var created: UInt64 = 0

  init(world: SodaWorld) {
    seed = world.seed
    runners = world.runners
  }

  func runners(at now: Instant) -> [SodaRunner] {
    runners.filter { $0.registered <= now }
  }

  /// A key for a runner that will register itself; nothing keeps the secret.
  func create(at now: Instant) -> (keyID: String, secret: String) {
    created += 1
    var generator = SplitMix64(seed: seed, 0x50DA, .max, created)
    runners.append(
      SodaRunner(
        id: NodionID(from: &generator), name: "created-\(created)", label: "Created \(created)",
        registered: now.advanced(byMilliseconds: SodaState.registration), version: "1.3.4", library: "4.1.1"))
    return (NodionID(from: &generator).text, "simulated-secret-" + NodionID(from: &generator).text)
  }

  func delete(_ id: NodionID, at now: Instant) -> Deletion {
    guard let index = runners.firstIndex(where: { $0.id == id && $0.registered <= now }) else { return .missing }
    guard runners[index].kind == .selfHosted else { return .notSelfHosted }
    guard !runners[index].isInUse else { return .inUse }
    runners.remove(at: index)
    return .done
  }
}
