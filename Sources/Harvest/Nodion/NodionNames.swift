/// What is read of Nodion's answers. Its names are those of its documentation, so each field has one.
enum NodionNames {
  static let run = KeptFields(values: [
    "id", "status", "exit_code", "created_at", "started_at", "completed_at", "updated_at",
  ])

  static let runner = KeptFields([
    "id": .value, "name": .value, "status": .value, "timeout_seconds": .value, "image_name": .value,
    "image_tag": .value, "created_at": .value, "region": region, "instance_type": instanceType,
  ])

  private static let region = KeptFields(values: ["id", "slug", "name"])

  private static let instanceType = KeptFields(values: [
    "id", "name", "slug", "cpu", "mem", "price_month", "price_second",
  ])
}
