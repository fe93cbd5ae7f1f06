import Foundation
import Playground
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@Test func dump() {
    for size in [(80, 24), (120, 40), (200, 60), (70, 24), (40, 12), (50, 40), (80, 12)] {
        let size = Size(columns: size.0, rows: size.1)
        print(render(PlaygroundSample.state(size: size)).text())
    }
    for key in [Key.function(1), .function(2), .function(3), .function(4), .control("o")] {
        var driver = PlaygroundSample.finished()
        driver.send(.modelsListed(PlaygroundSample.listings))
        driver.press(key)
        print(render(driver.state).text())
    }
}
