"""What is typed in a shell: one file a command, loaded only when it is asked for."""
