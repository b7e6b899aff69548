import Runs

/// A runner as Nodion writes it. `run_command`, `argv` and `entrypoint` are never read.
struct NodionRunner: Sendable {
  var record: RunnerRecord
  /// Names runner and price when the price cannot be kept; the runner is kept without one.
  var priceProblem: String?

  init(json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    var (image, tag): (String?, String?)
    var unreadablePrice: String?
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      switch field.key {
      case "id": runner.id = try reading.id(field)
      case "name": runner.name = reading.text(field) ?? ""
      case "status": runner.status = reading.text(field)
      case "timeout_seconds": runner.timeoutSeconds = reading.integer(field, in: 0...FieldReading.sizeLimit)
      case "image_name": image = reading.text(field)
      case "image_tag": tag = reading.text(field)
      case "created_at": runner.createdAt = reading.instant(field)
      case "region": runner.region = RegionRecord(nodion: field, &reading)
      case "instance_type": (runner.instanceType, unreadablePrice) = NodionRunner.instanceType(field, &reading)
      default: break
      }
    }
    try reading.finish(id: runner.id)
    runner.isPartlyRead = reading.hasLostSettings
    if runner.name.isEmpty { runner.name = runner.id }
    runner.image = image.map { $0 + (tag.map { ":" + $0 } ?? "") }
    record = runner
    priceProblem = unreadablePrice.map { "runner \(runner.name) has no usable price: \($0)" }
  }

  private static func instanceType(
    _ field: JSONField, _ reading: inout FieldReading
  ) -> (type: InstanceTypeRecord?, unreadablePrice: String?) {
    var type = InstanceTypeRecord(id: "", name: "")
    var unreadablePrice: String?
    // A price hangs on it.
    reading.object(field, needed: true) { reading, field in
      switch field.key {
      case "id": type.id = reading.text(field, needed: true) ?? ""
      case "name": type.name = reading.text(field) ?? ""
      case "slug": type.slug = reading.text(field)
      case "cpu": type.cpu = reading.size(field)
      case "mem": type.memory = reading.size(field)
      case "price_month": type.pricePerMonth = reading.size(field)
      case "price_second":
        guard let text = reading.text(field, needed: true) else { break }
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
    var prices: [ExactText: Price] = [:]
    var remarks: [String] = []
    let agreed = runners.map { runner in
      guard let type = runner.instanceType, let price = type.pricePerSecond else { return runner }
      guard let first = prices[ExactText(type.id)], first != price else {
        prices[ExactText(type.id)] = price
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
  fileprivate init?(nodion field: JSONField, _ reading: inout FieldReading) {
    var (id, slug, name): (String?, String?, String?)
    reading.object(field) { reading, field in
      switch field.key {
      case "id": id = reading.text(field)
      case "slug": slug = reading.text(field)
      case "name": name = reading.text(field)
      default: break
      }
    }
    guard let id = id ?? slug else { return nil }
    self.init(id: id, slug: slug, name: name)
  }
}
