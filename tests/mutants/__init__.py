"""Do tests notice? Lines that carry a decision are changed one at a time, and near tests run."""
