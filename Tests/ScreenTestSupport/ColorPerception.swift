import Foundation
import Screen

/// How people see colours, as far as figures tell.
public enum ColorPerception {
    /// Ways of seeing. Each of the three deficiencies is taken as complete, the worst case.
    public enum Vision: String, Sendable, CaseIterable {
        case common, protanopia, deuteranopia, tritanopia

        /// What is seen of linear red, green and blue, row by row: Machado, Oliveira, Fernandes, "A Physiologically-based
        /// Model for Simulation of Color Vision Deficiency", 2009, table 1 at severity 1.
        var matrix: [[Double]] {
            switch self {
            case .common: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .protanopia:
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            case .deuteranopia:
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            case .tritanopia:
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }

    /// The contrast ratio of WCAG 2.2, from 1 to 21.
    public static func contrast(_ one: Color, _ other: Color) -> Double {
        let (one, other) = (luminance(one), luminance(other))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    public static func luminance(_ color: Color) -> Double {
        let channels = linear(color)
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    /// How different two colours look: their distance in Oklab, 0 to about 1. Below 0.02 few people see any.
    public static func difference(_ one: Color, _ other: Color, _ vision: Vision = .common) -> Double {
        let (one, other) = (lab(one, vision), lab(other, vision))
        return zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private static func linear(_ color: Color) -> [Double] {
        [color.red, color.green, color.blue].map { channel in
            let share = Double(channel) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
    }

    private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// Björn Ottosson, "A perceptual color space for image processing", 2020.
    private static func lab(_ color: Color, _ vision: Vision) -> [Double] {
        let seen = product(vision.matrix, linear(color)).map { min(1, max(0, $0)) }
        let cones: [[Double]] = [
            [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
        let axes: [[Double]] = [
            [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
        return product(axes, product(cones, seen).map { cbrt($0) })
    }
}
