using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels.FloatDot;

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

    /// <summary>Four values with the same sum as all.</summary>
    static abstract Vector128<float> Fold(TVector vector);

    /// <summary>All values added up.</summary>
    static abstract float Sum(TVector vector);

    /// <summary>A value in every place.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>As <see cref="ActivationClamp.Of(float, float, float)"/>.</summary>
    static abstract TVector Clamp(TVector value, TVector least, TVector greatest);

    /// <summary>Writes <see cref="Width"/> values.</summary>
    static abstract void Store(TVector value, ref float target);
}
