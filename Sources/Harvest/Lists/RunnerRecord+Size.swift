import Runs

extension RunnerRecord {
  /// About how many bytes of text it holds.
  var textSize: Int {
    let texts = [
      id, name, status, image, kind, version, region?.id, region?.slug, region?.name, instanceType?.id,
      instanceType?.name, instanceType?.slug, instanceType?.cpu, instanceType?.memory, instanceType?.pricePerMonth,
    ]
    return (texts.lazy.compactMap(\.self) + labels).reduce(0) { $0 + $1.utf8.count }
  }
}
