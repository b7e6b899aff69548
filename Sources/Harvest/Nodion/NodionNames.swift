/// What is read of Nodion's answers. Its names are those of its documentation, so each field has one.
enum NodionNames {
  static let run = KeptFields(values: [
    "id", "status", "exit_code", "created_at", "started_at", "completed_at", "updated_at",
  ])

  static let runner = KeptFields([
    "id": .value, "name": .value, "status": .value, "timeout_seconds": .value, "image_name": .value,
    "image_tag": .value, "created_at": .value, "region": region, "instance_type": instanceType,
  ])

  /// What is shown of a runner to who asks for it now. Commands and entrypoints are never kept.
  static let shown: Set<String> = [
    "id", "status", "name", "image_name", "image_tag", "run_command", "argv", "entrypoint", "timeout_seconds",
    "warmed_at",
    "created_at", "updated_at", "region.id", "region.status", "region.name", "region.slug", "instance_type.id",
    "instance_type.name", "instance_type.slug", "instance_type.cpu", "instance_type.mem", "instance_type.price_month",
    "instance_type.price_second", "container_registry", "container_registry.id", "container_registry.name",
  ]

  private static let region = KeptFields(values: ["id", "slug", "name"])

  private static let instanceType = KeptFields(values: [
    "id", "name", "slug", "cpu", "mem", "price_month", "price_second",
  ])
}
