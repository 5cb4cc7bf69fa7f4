"""Drawing journeys of a plan, and counting what they do."""
