import Runs
import Testing

@testable import Export

struct FOCUSWriterTests {
  private let columns = [
    Column(name: "BilledCost", type: .money), Column(name: "BillingCurrency", type: .word),
    Column(name: "BillingPeriodStart", type: .instant), Column(name: "ConsumedQuantity", type: .seconds),
    Column(name: "HostProviderName", type: .word), Column(name: "ListUnitPrice", type: .price),
    Column(name: "ProviderName", type: .word), Column(name: "PublisherName", type: .word),
    Column(name: "ResourceName", type: .text), Column(name: "ServiceProviderName", type: .word),
    Column(name: "x_Source", type: .word), Column(name: "x_PriceAssumed", type: .flag),
  ]

  private func makeRow(cost: Value = .text("2"), name: String = "=1+1") -> [Value] {
    [
      cost, .text("EUR"), .integer(1_768_467_660_999), .integer(270_000), .text("Nodion"), .text("1"), .text("Nodion"),
      .text("Nodion"), .text(name), .text("Nodion"), .text("production"), .integer(0),
    ]
  }

  @Test("1.4 has the new names of providers, whole seconds, decimals with a point, and text as it is")
  func newest() throws {
    #expect(
      try write(.focus, makeHead(columns: columns), [makeRow(), makeRow(cost: .text("0.5"), name: " ")]) == """
        BilledCost,BillingCurrency,BillingPeriodStart,ConsumedQuantity,HostProviderName,ListUnitPrice,ResourceName,\
        ServiceProviderName,x_Source,x_PriceAssumed\r
        2.0,EUR,2026-01-15T09:01:00Z,270.000,Nodion,1.0,=1+1,Nodion,production,false\r
        0.5,EUR,2026-01-15T09:01:00Z,270.000,Nodion,1.0,,Nodion,production,false\r\n
        """)
  }

  @Test("1.2 has the old ones")
  func older() throws {
    #expect(
      try write(.focus12, makeHead(columns: columns), [makeRow()]) == """
        BilledCost,BillingCurrency,BillingPeriodStart,ConsumedQuantity,ListUnitPrice,ProviderName,PublisherName,\
        ResourceName,x_Source,x_PriceAssumed\r
        2.0,EUR,2026-01-15T09:01:00Z,270.000,1.0,Nodion,Nodion,=1+1,production,false\r\n
        """)
  }

  @Test("a charge without a currency is refused, with what to do")
  func noCurrency() throws {
    var row = makeRow()
    row[1] = .null
    #expect(
      throws: ExportError.missingValue(
        report: "sample", format: .focus, column: "BillingCurrency", source: "production")
    ) { try write(.focus, makeHead(columns: columns), [row]) }
  }

  @Test("another report is refused")
  func otherReport() {
    #expect(throws: ExportError.self) {
      try write(.focus, makeHead(columns: [Column(name: "cost", type: .money)]))
    }
  }
}
