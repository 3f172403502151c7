"""What the project knows of the Vietnamese language and of the writing of offices."""
