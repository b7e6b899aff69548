import Testing

/// Benjamini and Hochberg's correction, worked out by hand.
@Suite struct FalseDiscoveryTests {
  /// 0.01 · 4/1 = 0.04; 0.02 · 4/2 = 0.04; 0.03 · 4/3 = 0.04; 0.5 · 4/4 = 0.5, in another order.
  @Test("each p times the number of tests over its rank, never above that of a larger p")
  func adjusted() {
    #expect(
      FalseDiscovery.adjusted([0.5, 0.01, 0.03, 0.02]).map { ($0 * 1e6).rounded() / 1e6 } == [0.5, 0.04, 0.04, 0.04])
    #expect(FalseDiscovery.adjusted([0.04, 0.001]).map { ($0 * 1e6).rounded() / 1e6 } == [0.04, 0.002])
    #expect(FalseDiscovery.adjusted([0.3]) == [0.3])
    #expect(FalseDiscovery.adjusted([]) == [])
    #expect(FalseDiscovery.adjusted([1, 1, 1]) == [1, 1, 1])
  }
}
