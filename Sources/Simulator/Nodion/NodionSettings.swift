import Runs

/// What can be set on a runner.
struct NodionSettings: Equatable, Sendable {
  var name: String
  var imageName: String
  var imageTag: String
  var runCommand: String
  var entrypoint: String?
  var timeoutSeconds = 3600
  var region = NodionRegion.frankfurt
  var instanceType = NodionInstanceType.standardS
}

/// A change of a runner's settings: what is nil stays as it is.
///
/// Changes are kept with their instants and applied up to the clock's now, so that a rename today does not undo a move
/// to another instance type that history has in store for next week.
struct NodionEdit: Equatable, Sendable {
  var at: Instant
  var name: String?
  var imageName: String?
  var imageTag: String?
  var runCommand: String?
  /// The inner nil takes the entrypoint away.
  var entrypoint: String??
  var timeoutSeconds: Int?
  var region: NodionRegion?
  var instanceType: NodionInstanceType?

  func apply(to settings: inout NodionSettings) {
    if let name { settings.name = name }
    if let imageName { settings.imageName = imageName }
    if let imageTag { settings.imageTag = imageTag }
    if let runCommand { settings.runCommand = runCommand }
    if let entrypoint { settings.entrypoint = entrypoint }
    if let timeoutSeconds { settings.timeoutSeconds = timeoutSeconds }
    if let region { settings.region = region }
    if let instanceType { settings.instanceType = instanceType }
  }
}
