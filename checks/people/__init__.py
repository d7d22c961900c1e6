"""What several checks ask about people: permissions, segments, fields, ages, places."""
