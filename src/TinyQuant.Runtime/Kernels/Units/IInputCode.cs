namespace TinyQuant.Kernels.Units;

/// <summary>How input bytes are coded; a unit flips them to the coding its instruction multiplies.</summary>
internal interface IInputCode
{
    /// <summary>True for bytes that are the int8 code plus 128, such as pixels.</summary>
    static abstract bool IsUnsigned { get; }
}

/// <summary>int8 codes.</summary>
internal readonly struct SignedCode : IInputCode
{
    public static bool IsUnsigned => false;
}

/// <summary>int8 codes plus 128.</summary>
internal readonly struct UnsignedCode : IInputCode
{
    public static bool IsUnsigned => true;
}
