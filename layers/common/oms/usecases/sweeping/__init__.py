"""What time does to what nobody dealt with: it expires, is late, ends, is renewed."""
