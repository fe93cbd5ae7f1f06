import Configuration
import ModelLibrary
import Reports

/// What `models list --json` writes.
struct ModelListDocument: JSONDocument {
    struct Model: Codable, Sendable {
        var id: String
        var title: String
        var note: String?
        /// The default model of this role.
        var role: CatalogEntry.Role?
        /// Of a model of the catalog: its name in the data directory.
        var file: String?
        var bytes: Int?
        var sha256: String?
        var licence: String?
        var parameters: Int?
        /// Such as "qwen2"; of models that are here.
        var architecture: String?
        /// Such as "Q4_K_M"; of models that are here.
        var format: String?
        /// Tokens that the model was trained to see at once.
        var contextLength: Int?
        /// True of models that make vectors and write no text.
        var isEncoder: Bool?
        var state: State
        /// Of a model that is here.
        var path: String?
        /// Of an interrupted pull, or of what else isn't whole.
        var partialBytes: Int?
        /// The server that has it.
        var server: String?
        /// Estimated: weights, KV cache and scratch at the context asked for.
        var neededBytes: Int?
        var fits: Bool?
        /// Why it can't be opened.
        var obstacle: String?
        /// Where the same weights were found; each id means this model.
        var places: [Place]?
    }

    struct Place: Codable, Sendable {
        var tool: String
        var id: String
        /// Absent where nothing of it is here.
        var path: String?
        /// The system prompt that the tool keeps with it; it isn't used here unless it is given.
        var system: String?
        /// Sampling parameters that the tool keeps with it, as it writes them.
        var parameters: [String: [String]]?
    }

    enum State: String, Codable, Sendable {
        case onDisk = "on_disk"
        case partial
        case remote
        case served
    }

    var schema = 1
    var directory: String
    var contextLength: Int
    /// What the machine can give now.
    var availableBytes: Int
    var models: [Model]
    /// What was passed over while looking, and why.
    var notes: [String]

    /// - Parameter servers: those of the configuration.
    init(
        _ library: ModelLibrary, servers: [ServerSettings] = [], contextLength: Int, isVerified: Bool = false
    ) {
        let survey = library.survey(contextLength: contextLength, isVerified: isVerified)
        directory = library.directories.models
        self.contextLength = contextLength
        availableBytes = survey.availableBytes
        models = (survey.listings + servers.map { ModelListing($0) }).map { Model($0) }
        notes = survey.notes
    }
}

extension ModelListDocument.Model {
    init(_ listing: ModelListing) {
        id = listing.id
        title = listing.title
        note = listing.entry?.note
        role = listing.entry?.role
        file = listing.entry?.file
        bytes = listing.bytes
        sha256 = listing.entry?.sha256
        licence = listing.entry?.licence
        parameters = listing.parameters
        architecture = listing.architecture
        format = listing.format
        contextLength = listing.contextLength
        isEncoder = listing.isEncoder ? true : nil
        neededBytes = listing.fit?.neededBytes
        fits = listing.fit?.fits
        obstacle = listing.obstacle
        places = listing.places.isEmpty ? nil : listing.places.map { ModelListDocument.Place($0) }
        switch listing.availability {
        case .onDisk(let path): (state, self.path) = (.onDisk, path)
        case .partial(let bytes): (state, partialBytes) = (.partial, bytes)
        case .remote: state = .remote
        case .served(let server): (state, self.server) = (.served, server)
        }
    }
}

extension ModelListDocument.Place {
    fileprivate init(_ place: ModelListing.Place) {
        tool = place.tool
        id = place.id
        path = place.path.isEmpty ? nil : place.path
        system = place.system
        parameters = place.parameters.isEmpty ? nil : place.parameters
    }
}
