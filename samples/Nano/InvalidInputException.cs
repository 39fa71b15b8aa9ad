/// <summary>A wrong argument or file: the message goes to standard error, and the exit code is 2.</summary>
internal sealed class InvalidInputException(string message) : Exception(message);
