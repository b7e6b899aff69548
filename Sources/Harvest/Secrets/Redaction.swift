import Runs

// What a vendor tells, without secrets: each text that goes on into the ledger, a note or an error.

extension RunnerRecord {
  func redacted(by redactor: Redactor) -> RunnerRecord {
    var runner = self
    for path: WritableKeyPath<RunnerRecord, String> in [\.id, \.name] {
      runner[keyPath: path] = redactor.redact(runner[keyPath: path])
    }
    for path: WritableKeyPath<RunnerRecord, String?> in [\.status, \.image, \.kind, \.version] {
      runner[keyPath: path] = runner[keyPath: path].map(redactor.redact)
    }
    runner.labels = runner.labels.map(redactor.redact)
    runner.region = runner.region.map { region in
      RegionRecord(
        id: redactor.redact(region.id), slug: region.slug.map(redactor.redact), name: region.name.map(redactor.redact))
    }
    if var type = runner.instanceType {
      (type.id, type.name) = (redactor.redact(type.id), redactor.redact(type.name))
      for path: WritableKeyPath<InstanceTypeRecord, String?> in [\.slug, \.cpu, \.memory, \.pricePerMonth] {
        type[keyPath: path] = type[keyPath: path].map(redactor.redact)
      }
      runner.instanceType = type
    }
    return runner
  }
}

extension RunRecord {
  func redacted(by redactor: Redactor) -> RunRecord {
    var run = self
    run.id = redactor.redact(id)
    run.status = redactor.redact(status)
    return run
  }
}

extension ResourceReading {
  func redacted(by redactor: Redactor) -> ResourceReading {
    var reading = self
    if case .runs(let runner) = resource { reading.resource = .runs(runner: redactor.redact(runner)) }
    reading.note = note.map(redactor.redact)
    return reading
  }
}

extension HarvestError.Place {
  func redacted(by redactor: Redactor) -> HarvestError.Place {
    switch self {
    case .service(let address, let host, let port):
      .service(address: redactor.redact(address), host: redactor.redact(host), port: port)
    case .file(let path): .file(path: redactor.redact(path))
    }
  }
}

extension AnswerRequest {
  func redacted(by redactor: Redactor) -> AnswerRequest {
    var request = self
    request.segments = segments.map(redactor.redact)
    request.query = query.map { QueryItem(redactor.redact($0.name), redactor.redact($0.value)) }
    return request
  }
}
