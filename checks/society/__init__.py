"""What does it do to people beyond the list?"""
