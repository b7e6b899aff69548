/// The settings of one runner as they changed, as far as cost and outcome depend on them.
package struct RunnerHistory: Equatable, Sendable {
  package struct Version: Equatable, Sendable {
    package var validFrom: Instant
    /// The last sight of the version before: from here to `validFrom` nobody knows which of the two held.
    package var unsureFrom: Instant?
    /// ``RunnerHistory/noInstanceType`` when the API names none.
    package var instanceType: Int64
    package var timeoutSeconds: Int64?

    package init(
      validFrom: Instant, unsureFrom: Instant? = nil, instanceType: Int64, timeoutSeconds: Int64? = nil
    ) {
      self.validFrom = validFrom
      self.unsureFrom = unsureFrom
      self.instanceType = instanceType
      self.timeoutSeconds = timeoutSeconds
    }
  }

  /// The id of the instance type that stands for "none".
  package static let noInstanceType: Int64 = 0

  /// Ascending.
  package var versions: [Version]

  package init(versions: [Version]) {
    self.versions = versions
  }

  /// The version in force at an instant, and whether its instance type is assumed.
  ///
  /// It is assumed before the first sight, and between the last sight of one type and the first sight of another.
  package func version(at instant: Instant) -> (version: Version, isAssumed: Bool) {
    guard let first = versions.first else {
      return (Version(validFrom: .distantPast, instanceType: RunnerHistory.noInstanceType), false)
    }
    guard let index = versions.lastIndex(where: { $0.validFrom <= instant }) else {
      return (first, first.instanceType != RunnerHistory.noInstanceType)
    }
    guard index + 1 < versions.count else { return (versions[index], false) }
    let next = versions[index + 1]
    let isUnsure = next.unsureFrom.map { instant >= $0 } ?? false
    return (versions[index], isUnsure && next.instanceType != versions[index].instanceType)
  }
}
