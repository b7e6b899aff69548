/// A runner as a vendor told it at one visit.
///
/// Commands, entrypoints and environment values are not here on purpose: they are never stored.
package struct RunnerRecord: Hashable, Sendable {
  package var id: String
  package var name: String
  package var status: String?
  package var timeoutSeconds: Int64?
  /// Image and tag, such as `mycompany/backup-tool:latest`.
  package var image: String?
  package var createdAt: Instant?
  package var region: RegionRecord?
  package var instanceType: InstanceTypeRecord?
  /// The vendor's sort of runner, such as `SELF_HOSTED`.
  package var kind: String?
  /// In the vendor's order.
  package var labels: [String]
  /// Whether it could take work; nil where the API does not say.
  package var isOnline: Bool?
  /// Its last sign of life.
  package var lastSeenAt: Instant?
  /// Runs it is at work on.
  package var active: Int64?
  /// Runs it can take at once; nil when unknown, which is not 1.
  package var capacity: Int64?
  /// The version of its software.
  package var version: String?
  /// Something that it said could not be read: what is missing here may be that, so it says nothing.
  package var isPartlyRead = false

  package init(
    id: String, name: String, status: String? = nil, timeoutSeconds: Int64? = nil, image: String? = nil,
    createdAt: Instant? = nil, region: RegionRecord? = nil, instanceType: InstanceTypeRecord? = nil,
    kind: String? = nil, labels: [String] = [], isOnline: Bool? = nil, lastSeenAt: Instant? = nil,
    active: Int64? = nil, capacity: Int64? = nil, version: String? = nil
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.timeoutSeconds = timeoutSeconds
    self.image = image
    self.createdAt = createdAt
    self.region = region
    self.instanceType = instanceType
    self.kind = kind
    self.labels = labels
    self.isOnline = isOnline
    self.lastSeenAt = lastSeenAt
    self.active = active
    self.capacity = capacity
    self.version = version
  }
}

/// Where runs execute.
package struct RegionRecord: Hashable, Sendable {
  package var id: String
  package var slug: String?
  package var name: String?

  package init(id: String, slug: String? = nil, name: String? = nil) {
    self.id = id
    self.slug = slug
    self.name = name
  }
}

/// A machine size and the price it had when it was seen.
package struct InstanceTypeRecord: Hashable, Sendable {
  package var id: String
  package var name: String
  package var slug: String?
  /// As sent, because vendors mix units: `1`, `0.125`.
  package var cpu: String?
  /// As sent: `1024` (MiB) in one API, `0.5` (GiB) in another of the same vendor.
  package var memory: String?
  /// Nil when the API names none.
  package var pricePerSecond: Price?
  /// The price of a month as sent, for information only.
  package var pricePerMonth: String?

  package init(
    id: String, name: String, slug: String? = nil, cpu: String? = nil, memory: String? = nil,
    pricePerSecond: Price? = nil, pricePerMonth: String? = nil
  ) {
    self.id = id
    self.name = name
    self.slug = slug
    self.cpu = cpu
    self.memory = memory
    self.pricePerSecond = pricePerSecond
    self.pricePerMonth = pricePerMonth
  }
}
