import Runs

/// How one vendor writes its lists: what the contract of all sources needs to know of it.
struct VendorWords: Sendable {
  var path: String
  var runnerID: String
  /// The last word of a run list's path; nil when there are no runs.
  var runs: String?
  var documentedRunners: String
  var documentedRuns: String
  var documentedRunner: @Sendable () throws -> RunnerRecord
  var documentedRunRecords: @Sendable () throws -> [RunRecord]
  /// A whole list of these runners, and of runs with these ids.
  var runnerList: @Sendable ([String]) -> String
  var runList: @Sendable ([String]) -> String
  /// The total that the vendor claims beside its list, where it claims one.
  var runnersClaimed: @Sendable (Int) -> Int? = { _ in nil }
  var runsClaimed: @Sendable (Int) -> Int? = { _ in nil }

  static let nodion = VendorWords(
    path: "/v1", runnerID: Bodies.runnerID, runs: "runs", documentedRunners: Bodies.runners,
    documentedRuns: Bodies.runs, documentedRunner: Bodies.runner, documentedRunRecords: Bodies.runRecords,
    runnerList: { #"{"runners":[\#($0.joined(separator: ","))]}"# },
    runList: { ids in
      #"{"runs":[\#(ids.map { #"{"id":"\#($0)","status":"failed"}"# }.joined(separator: ","))]}"#
    })

  static let mesh = VendorWords(
    path: MeshBodies.path, runnerID: "1", runs: "pods", documentedRunners: MeshBodies.documentedRunners,
    documentedRuns: MeshBodies.documentedPods, documentedRunner: MeshBodies.runner,
    documentedRunRecords: { [try MeshBodies.documentedRun()] },
    runnerList: { #"{"runners":[\#($0.joined(separator: ","))]}"# },
    runList: { ids in
      #"{"total":\#(ids.count),"pods":[\#(ids.map { MeshBodies.makePod($0) }.joined(separator: ","))]}"#
    },
    runsClaimed: { $0 })

  static let soda = VendorWords(
    path: SodaBodies.path, runnerID: "5f6e8c1a", runs: nil, documentedRunners: SodaBodies.runners,
    documentedRuns: "", documentedRunner: SodaBodies.runner, documentedRunRecords: { [] },
    runnerList: { SodaBodies.page($0) }, runList: { _ in "" }, runnersClaimed: { $0 })
}
