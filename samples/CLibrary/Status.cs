namespace CLibrary;

/// <summary>What a function answers, as <c>tinyquant_mnist.h</c> names it.</summary>
internal static class Status
{
    public const int Ok = 0;
    public const int Null = -1;
    public const int Length = -2;
    public const int Overlap = -3;
    public const int Internal = -4;
}
