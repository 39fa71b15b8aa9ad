namespace TinyQuant.Tool.Output;

/// <summary>What the command returns to the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A model computes something else than its reference.</summary>
    public const int Differs = 1;

    /// <summary>A wrong option, file or model: the message says which, and what was expected.</summary>
    public const int WrongInput = 2;

    /// <summary>Ended by Ctrl-C; nothing is left half-written.</summary>
    public const int Interrupted = 130;
}
