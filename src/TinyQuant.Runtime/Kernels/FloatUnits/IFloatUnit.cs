namespace TinyQuant.Kernels.FloatUnits;

/// <summary>One instruction set's float32 vectors. Every member of every unit is <c>AggressiveInlining</c>.</summary>
internal interface IFloatUnit<TVector>
    where TVector : struct
{
    static abstract string Name { get; }

    /// <summary>Values in a vector.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(ref float source);

    /// <summary>left · right + sum, rounded once or twice, whichever is faster.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector sum);

    static abstract TVector Add(TVector left, TVector right);

    /// <summary>All values added up.</summary>
    static abstract float Sum(TVector vector);

    /// <summary>Writes <see cref="Width"/> values.</summary>
    static abstract void Store(TVector value, ref float target);
}
