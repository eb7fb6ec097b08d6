"""What a person at the terminal waits for, measured through a pty beside bare applications."""
