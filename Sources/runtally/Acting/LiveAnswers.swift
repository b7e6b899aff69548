import Harvest
import Runs

/// What an API says now, as rows.
enum LiveAnswers {
  static func runners(_ runners: [LiveRunner]) -> Answer {
    Answer(
      name: "runners", title: "Runners",
      columns: [
        Column(name: "runner", type: .text), Column(name: "runner_id", type: .word),
        Column(name: "status", type: .word), Column(name: "online", type: .flag), Column(name: "kind", type: .word),
        Column(name: "instance_type", type: .word), Column(name: "price_second", type: .price),
        Column(name: "region", type: .word), Column(name: "image", type: .text),
        Column(name: "timeout_seconds", type: .integer), Column(name: "active", type: .integer),
        Column(name: "capacity", type: .integer), Column(name: "version", type: .word),
        Column(name: "labels", type: .text), Column(name: "last_seen_at", type: .instant),
        Column(name: "created_at", type: .instant),
      ],
      rows: runners.map { runner in
        let record = runner.record
        let type = record.instanceType
        return [
          .text(record.name), .text(record.id), Value(record.status), record.isOnline.map { Value($0) } ?? .null,
          Value(record.kind), Value(type.map { $0.slug ?? $0.name }), Value(type?.pricePerSecond?.description),
          Value(record.region.map { $0.slug ?? $0.name ?? $0.id }), Value(record.image), Value(record.timeoutSeconds),
          Value(record.active), Value(record.capacity), Value(record.version),
          record.labels.isEmpty ? .null : .text(record.labels.joined(separator: ", ")), Value(record.lastSeenAt),
          Value(record.createdAt),
        ]
      })
  }

  /// In the vendor's own words.
  static func runner(_ runner: LiveRunner) -> Answer {
    Answer(
      name: "runner", title: runner.record.name,
      columns: [Column(name: "field", type: .word), Column(name: "value", type: .text)],
      rows: runner.details.map { [.text($0.name), Value($0.value)] })
  }

  /// - Parameter showsPrompts: what the agents were asked to do is shown only to who asks for it.
  static func pods(_ pods: [LivePod], of runner: LiveRunner, showsPrompts: Bool) -> Answer {
    let prompt = showsPrompts ? [Column(name: "prompt", type: .text)] : []
    return Answer(
      name: "pods", title: "Pods of \(runner.record.name)",
      columns: [
        Column(name: "pod", type: .word), Column(name: "status", type: .word), Column(name: "agent", type: .word),
        Column(name: "created_at", type: .instant), Column(name: "started_at", type: .instant),
        Column(name: "finished_at", type: .instant),
      ] + prompt,
      rows: pods.map { pod in
        [
          .text(pod.record.id), .text(pod.record.status), Value(pod.agent), Value(pod.record.createdAt),
          Value(pod.record.startedAt), Value(pod.record.completedAt),
        ] + (showsPrompts ? [Value(pod.prompt)] : [])
      })
  }
}

extension OutputOptions {
  /// Writes a list of this moment, and says what is wrong with it.
  ///
  /// - Throws: ``LiveError`` where nothing of it came, ``StatusError`` with `partly` where it broke off.
  func write<Row>(_ list: LiveList<Row>, of source: String, to output: ChosenOutput, as answer: Answer) throws {
    if let error = list.error, list.rows.isEmpty { throw LiveError(source: source, error: error) }
    try output.write { try answer.write(to: &$0) }
    guard let note = list.reading.note else { return }
    Console.warn("\(source): \(note)")
    if !list.reading.isComplete { throw StatusError(status: .partly) }
  }
}
