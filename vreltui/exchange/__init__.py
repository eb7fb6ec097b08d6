"""Other formats: fault trees and diagrams out of a design, and designs out of fault trees."""
