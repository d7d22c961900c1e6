"""Is what each field brings worth what it takes?"""
