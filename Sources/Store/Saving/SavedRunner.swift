import Foundation
import Runs
import SQLFiles

/// Who a runner is, as the ledger has it.
struct SavedRunner: QueryRow {
  static let queries = [Query.selectRunner]
  enum Column: Int, ColumnName { case runnerID, createdAt, lastSeenAt, missingSince }

  var id: Int64
  var createdAt: Instant?
  var lastSeenAt: Instant?
  var isMissing: Bool

  init(_ row: NamedRow<Column>) {
    id = row[.runnerID]
    createdAt = row[.createdAt]
    lastSeenAt = row[.lastSeenAt]
    isMissing = (row[.missingSince] as Instant?) != nil
  }
}

/// The settings of a runner that make a new version when they change.
struct RunnerSettings: Equatable {
  var name: String
  var kind: String?
  /// A JSON array, which SQLite can take apart; nil for none.
  var labels: String?
  var image: String?
  var timeoutSeconds: Int64?
  var region: Int64?
  var instanceType: Int64
}

extension RunnerSettings {
  init(_ record: RunnerRecord, instanceType: Int64, region: Int64?) throws {
    name = record.name
    kind = record.kind
    labels = record.labels.isEmpty ? nil : String(decoding: try JSONEncoder().encode(record.labels), as: UTF8.self)
    image = record.image
    timeoutSeconds = record.timeoutSeconds
    self.region = region
    self.instanceType = instanceType
  }

  /// What could not be read of a runner stays as it was seen last. One without a name goes by its id.
  func keeping(_ known: RunnerSettings, of record: RunnerRecord) -> RunnerSettings {
    guard record.isPartlyRead else { return self }
    var settings = self
    if name == record.id { settings.name = known.name }
    settings.kind = kind ?? known.kind
    settings.labels = labels ?? known.labels
    settings.image = image ?? known.image
    settings.timeoutSeconds = timeoutSeconds ?? known.timeoutSeconds
    settings.region = region ?? known.region
    if instanceType == RunnerHistory.noInstanceType { settings.instanceType = known.instanceType }
    return settings
  }

  var arguments: Arguments {
    [
      "name": .text(name), "kind": Value(kind), "labels": Value(labels), "image": Value(image),
      "timeout_seconds": Value(timeoutSeconds), "region_id": Value(region), "instance_type_id": .integer(instanceType),
    ]
  }
}

/// The newest settings that were seen of a runner.
struct SavedVersion: QueryRow {
  static let queries = [Query.selectNewestVersion]
  enum Column: Int, ColumnName {
    case validFrom, name, kind, labels, image, timeoutSeconds, regionID, instanceTypeID
  }

  var validFrom: Instant
  var settings: RunnerSettings

  init(_ row: NamedRow<Column>) {
    validFrom = row[.validFrom]
    settings = RunnerSettings(
      name: row[.name], kind: row[.kind], labels: row[.labels], image: row[.image],
      timeoutSeconds: row[.timeoutSeconds], region: row[.regionID], instanceType: row[.instanceTypeID])
  }
}

/// What a runner is at, as seen at one instant.
struct RunnerState: Equatable {
  var status: String?
  var isOnline: Bool?
  var active: Int64?
  var capacity: Int64?
  var version: String?
}

extension RunnerState {
  init(_ record: RunnerRecord) {
    self.init(
      status: record.status, isOnline: record.isOnline, active: record.active, capacity: record.capacity,
      version: record.version)
  }

  var arguments: Arguments {
    [
      "status": Value(status), "online": isOnline.map { Value($0) } ?? .null, "active": Value(active),
      "capacity": Value(capacity), "version": Value(version),
    ]
  }
}

extension RunnerState: QueryRow {
  static let queries = [Query.selectNewestSample]
  enum Column: Int, ColumnName { case status, online, active, capacity, version }

  init(_ row: NamedRow<Column>) {
    self.init(
      status: row[.status], isOnline: row[.online], active: row[.active], capacity: row[.capacity],
      version: row[.version])
  }
}

struct SavedRegion: QueryRow {
  static let queries = [Query.selectRegion]
  enum Column: Int, ColumnName { case regionID, externalID, slug, name }

  var id: Int64
  var record: RegionRecord

  init(_ row: NamedRow<Column>) {
    id = row[.regionID]
    record = RegionRecord(id: row[.externalID], slug: row[.slug], name: row[.name])
  }
}

struct SavedInstanceType: QueryRow {
  static let queries = [Query.selectInstanceType]
  enum Column: Int, ColumnName { case instanceTypeID, externalID, slug, name, cpu, memory, priceMonth, unpricedSince }

  var id: Int64
  /// Without the price of a second, which has a history of its own.
  var record: InstanceTypeRecord
  /// The first list since which it is shown without that price.
  var unpricedSince: Instant?

  init(_ row: NamedRow<Column>) {
    id = row[.instanceTypeID]
    unpricedSince = row[.unpricedSince]
    record = InstanceTypeRecord(
      id: row[.externalID], name: row[.name], slug: row[.slug], cpu: row[.cpu], memory: row[.memory],
      pricePerMonth: row[.priceMonth])
  }
}

/// The newest price that was seen of an instance type.
struct SavedPrice: QueryRow {
  static let queries = [Query.selectNewestObservedPrice]
  enum Column: Int, ColumnName { case priceSecond, validFrom }

  /// Exact decimal.
  var text: String
  var validFrom: Instant

  init(_ row: NamedRow<Column>) {
    text = row[.priceSecond]
    validFrom = row[.validFrom]
  }
}
