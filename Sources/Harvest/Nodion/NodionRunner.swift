import Runs

/// A runner as Nodion writes it. `run_command`, `argv` and `entrypoint` are never read.
struct NodionRunner: Sendable {
  var record: RunnerRecord
  /// Names runner and price when the price cannot be kept; the runner is kept without one.
  var priceProblem: String?

  init(json: UnsafeBufferPointer<UInt8>) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    var (image, tag): (String?, String?)
    var unreadablePrice: String?
    var problem: JSONProblem?
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      do throws(JSONProblem) {
        switch field.key {
        case "id": runner.id = try field.text() ?? ""
        case "name": runner.name = try field.text() ?? ""
        case "status": runner.status = try field.text()
        case "timeout_seconds": runner.timeoutSeconds = try field.integer()
        case "image_name": image = try field.text()
        case "image_tag": tag = try field.text()
        case "created_at": runner.createdAt = try field.instant()
        case "region": runner.region = try RegionRecord(nodion: field)
        case "instance_type":
          (runner.instanceType, unreadablePrice) = try NodionRunner.instanceType(field)
        default: break
        }
      } catch {
        problem = problem ?? error
      }
    }
    try JSONProblem.judge(id: runner.id, problem)
    if runner.name.isEmpty { runner.name = runner.id }
    runner.image = image.map { $0 + (tag.map { ":" + $0 } ?? "") }
    record = runner
    priceProblem = unreadablePrice.map { "runner \(runner.name) has no usable price: \($0)" }
  }

  private static func instanceType(
    _ field: JSONField
  ) throws(JSONProblem) -> (type: InstanceTypeRecord?, unreadablePrice: String?) {
    var type = InstanceTypeRecord(id: "", name: "")
    var unreadablePrice: String?
    try field.fields { (field) throws(JSONProblem) in
      switch field.key {
      case "id": type.id = try field.text() ?? ""
      case "name": type.name = try field.text() ?? ""
      case "slug": type.slug = try field.text()
      case "cpu": type.cpu = try field.text()
      case "mem": type.memory = try field.text()
      case "price_month": type.pricePerMonth = try field.text()
      case "price_second":
        guard let text = try field.text() else { break }
        do throws(PriceError) {
          type.pricePerSecond = try Price(text)
        } catch {
          unreadablePrice = error.description
        }
      default: break
      }
    }
    if type.id.isEmpty { type.id = type.slug ?? "" }
    if type.name.isEmpty { type.name = type.slug ?? type.id }
    return (type.id.isEmpty ? nil : type, unreadablePrice)
  }

  /// Gives every instance type the first price that the answer has for it, and remarks on the others.
  static func onePricePerType(_ runners: [RunnerRecord]) -> (runners: [RunnerRecord], remarks: [String]) {
    var prices: [String: Price] = [:]
    var remarks: [String] = []
    let agreed = runners.map { runner in
      guard let type = runner.instanceType, let price = type.pricePerSecond else { return runner }
      guard let first = prices[type.id], first != price else {
        prices[type.id] = price
        return runner
      }
      remarks.append("instance type \(type.name) has two prices, \(first) and \(price); the first is kept")
      var agreed = runner
      agreed.instanceType?.pricePerSecond = first
      return agreed
    }
    return (agreed, remarks)
  }
}

extension RegionRecord {
  fileprivate init?(nodion field: JSONField) throws(JSONProblem) {
    var (id, slug, name): (String?, String?, String?)
    try field.fields { (field) throws(JSONProblem) in
      switch field.key {
      case "id": id = try field.text()
      case "slug": slug = try field.text()
      case "name": name = try field.text()
      default: break
      }
    }
    guard let id = id ?? slug else { return nil }
    self.init(id: id, slug: slug, name: name)
  }
}
