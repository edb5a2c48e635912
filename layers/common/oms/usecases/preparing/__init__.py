"""What node staff, carriers and deadlines do to a part."""
