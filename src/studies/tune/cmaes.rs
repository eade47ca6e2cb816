//! CMA-ES in the unit cube: a cloud of candidates that learns which way is up (Hansen and Ostermeier, Evolutionary
//! Computation 9, 2001; constants after Hansen, arXiv 1604.00772; only the better half teaches).
//!
//! Told and asked from outside: `ask` turns normal draws into candidates, `tell` takes them back, best first, and only
//! as many as teach. So candidates can be raced within a generation, and the whole state is plain numbers that can be
//! written down and read back. A candidate outside the cube is moved to its face, and it is the moved one that
//! teaches (injection: Hansen, arXiv 1110.4181): the mean never leaves the cube.

use serde::{Deserialize, Serialize};

use crate::world::maths::{exp, ln, power};

/// The state of a search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cma {
    lambda: usize,
    mean: Vec<f64>,
    sigma: f64,
    /// The shape of the cloud, row by row, and its axes: `c = b diag(d^2) b'`.
    c: Vec<f64>,
    b: Vec<f64>,
    d: Vec<f64>,
    p_c: Vec<f64>,
    p_s: Vec<f64>,
    generation: u32,
    turned: u32,
}

/// How many candidates a generation has by default.
pub fn usual(n: usize) -> usize {
    (4 + (3.0 * ln(n.max(1) as f64)) as usize).max(6)
}

/// How many of so many candidates teach: the better half.
pub fn teachers(lambda: usize) -> usize {
    (lambda / 2).max(1)
}

/// Constants that follow from the dimension and the size of a generation.
struct Rates {
    weights: Vec<f64>,
    mu: f64,
    c_s: f64,
    d_s: f64,
    c_c: f64,
    c_1: f64,
    c_mu: f64,
    chi: f64,
}

impl Rates {
    fn of(n: usize, lambda: usize) -> Rates {
        let (n, count) = (n as f64, teachers(lambda));
        let raw: Vec<f64> = (0..count).map(|i| ln(0.5 * (lambda as f64 + 1.0)) - ln((i + 1) as f64)).collect();
        let sum: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|w| w / sum).collect();
        let mu = 1.0 / weights.iter().map(|w| w * w).sum::<f64>();
        let c_s = (mu + 2.0) / (n + mu + 5.0);
        let c_1 = 2.0 / ((n + 1.3) * (n + 1.3) + mu);
        Rates {
            weights,
            mu,
            c_s,
            d_s: 1.0 + 2.0 * (((mu - 1.0) / (n + 1.0)).max(0.0).sqrt() - 1.0).max(0.0) + c_s,
            c_c: (4.0 + mu / n) / (n + 4.0 + 2.0 * mu / n),
            c_1,
            c_mu: (1.0 - c_1).min(2.0 * (mu - 2.0 + 1.0 / mu).max(0.0) / ((n + 2.0) * (n + 2.0) + mu)),
            chi: n.sqrt() * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n)),
        }
    }
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

impl Cma {
    /// A round cloud of that width about a point of the cube.
    pub fn new(mean: Vec<f64>, sigma: f64, lambda: usize) -> Cma {
        let n = mean.len();
        let mut one = vec![0.0; n * n];
        (0..n).for_each(|i| one[i * n + i] = 1.0);
        let zero = vec![0.0; n];
        Cma {
            lambda: lambda.max(2),
            mean,
            sigma,
            c: one.clone(),
            b: one,
            d: vec![1.0; n],
            p_c: zero.clone(),
            p_s: zero,
            generation: 0,
            turned: 0,
        }
    }

    /// Whether it can be the cloud of a search over so many paths: what a file says may be anything.
    pub fn is_sound(&self, n: usize) -> bool {
        let square = n * n;
        let lists =
            [(&self.mean, n), (&self.c, square), (&self.b, square), (&self.d, n), (&self.p_c, n), (&self.p_s, n)];
        let whole = lists.iter().all(|(list, length)| list.len() == *length && list.iter().all(|x| x.is_finite()));
        let cube = self.mean.iter().all(|x| (0.0..=1.0).contains(x));
        let wide = self.sigma.is_finite() && self.sigma > 0.0 && self.d.iter().all(|d| *d > 0.0);
        whole && cube && wide && self.turned <= self.generation && self.generation < u32::MAX / 4
    }

    /// Candidates of a generation.
    pub fn lambda(&self) -> usize {
        self.lambda
    }

    /// The middle of the cloud.
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// The widest reach of the cloud, as a share of the cube.
    pub fn reach(&self) -> f64 {
        self.sigma * self.d.iter().copied().fold(0.0, f64::max)
    }

    /// The cloud has shrunk to nothing, or to a needle: there is no more to learn.
    pub fn spent(&self, reach: f64) -> bool {
        let least = self.d.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.d.iter().copied().fold(0.0, f64::max);
        !(self.reach() >= reach && most < 1e7 * least)
    }

    /// The candidates that some standard normal draws make, `n` draws each.
    pub fn ask(&self, draws: &[f64]) -> Vec<Vec<f64>> {
        let n = self.mean.len();
        let one = |z: &[f64]| {
            let row = |i: usize| {
                let step: f64 = (0..n).map(|k| self.b[i * n + k] * self.d[k] * z[k]).sum();
                (self.mean[i] + self.sigma * step).clamp(0.0, 1.0)
            };
            (0..n).map(row).collect()
        };
        draws.chunks_exact(n).map(one).collect()
    }

    /// Learns from a generation: its candidates as they were played, the best first; at least the better half.
    pub fn tell(&mut self, best_first: &[&[f64]]) {
        let n = self.mean.len();
        let r = Rates::of(n, self.lambda);
        let steps: Vec<Vec<f64>> = best_first
            .iter()
            .take(r.weights.len())
            .map(|x| x.iter().zip(&self.mean).map(|(x, m)| (x - m) / self.sigma).collect())
            .collect();
        let mut y = vec![0.0; n];
        for (step, w) in steps.iter().zip(&r.weights) {
            y.iter_mut().zip(step).for_each(|(y, s)| *y += w * s);
        }
        self.mean.iter_mut().zip(&y).for_each(|(m, y)| *m = (*m + self.sigma * y).clamp(0.0, 1.0));
        // p_s learns C^(-1/2) y
        let back: Vec<f64> =
            (0..n).map(|k| (0..n).map(|i| self.b[i * n + k] * y[i]).sum::<f64>() / self.d[k]).collect();
        let pull = (r.c_s * (2.0 - r.c_s) * r.mu).sqrt();
        for i in 0..n {
            let white: f64 = (0..n).map(|k| self.b[i * n + k] * back[k]).sum();
            self.p_s[i] = (1.0 - r.c_s) * self.p_s[i] + pull * white;
        }
        self.generation += 1;
        let length = norm(&self.p_s);
        let grown = 1.0 - power(1.0 - r.c_s, 2 * self.generation);
        let calm = length / grown.sqrt() < (1.4 + 2.0 / (n as f64 + 1.0)) * r.chi;
        let pull = if calm { (r.c_c * (2.0 - r.c_c) * r.mu).sqrt() } else { 0.0 };
        self.p_c.iter_mut().zip(&y).for_each(|(p, y)| *p = (1.0 - r.c_c) * *p + pull * y);
        let lost = if calm { 0.0 } else { r.c_1 * r.c_c * (2.0 - r.c_c) };
        let keep = 1.0 - r.c_1 - r.c_mu + lost;
        for i in 0..n {
            for k in 0..=i {
                let many: f64 = steps.iter().zip(&r.weights).map(|(s, w)| w * s[i] * s[k]).sum();
                let x = keep * self.c[i * n + k] + r.c_1 * self.p_c[i] * self.p_c[k] + r.c_mu * many;
                self.c[i * n + k] = x;
                self.c[k * n + i] = x;
            }
        }
        self.sigma *= exp((r.c_s / r.d_s * (length / r.chi - 1.0)).min(1.0));
        if f64::from(self.generation - self.turned) > 0.1 / ((r.c_1 + r.c_mu) * n as f64) {
            self.turned = self.generation;
            (self.b, self.d) = axes(&self.c, n);
        }
    }
}

/// The axes of a symmetric matrix, as columns, and the roots of its eigenvalues: rotations by Jacobi, in turn.
fn axes(c: &[f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut a = c.to_vec();
    let mut v = vec![0.0; n * n];
    (0..n).for_each(|i| v[i * n + i] = 1.0);
    let size: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..30 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |k| (i, k))).map(|(i, k)| a[i * n + k] * a[i * n + k]).sum();
        if off <= 1e-24 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                let apq = a[p * n + q];
                if apq * apq <= 1e-30 * size {
                    continue;
                }
                let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * apq);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cos = 1.0 / (t * t + 1.0).sqrt();
                let sin = t * cos;
                for k in 0..n {
                    let (x, y) = (a[k * n + p], a[k * n + q]);
                    a[k * n + p] = cos * x - sin * y;
                    a[k * n + q] = sin * x + cos * y;
                }
                for k in 0..n {
                    let (x, y) = (a[p * n + k], a[q * n + k]);
                    a[p * n + k] = cos * x - sin * y;
                    a[q * n + k] = sin * x + cos * y;
                    let (x, y) = (v[k * n + p], v[k * n + q]);
                    v[k * n + p] = cos * x - sin * y;
                    v[k * n + q] = sin * x + cos * y;
                }
            }
        }
    }
    let d = (0..n).map(|i| a[i * n + i].max(1e-28).sqrt()).collect();
    (v, d)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::dice::{Key, Stream};
    use crate::world::maths::normal_quantile;

    /// The least of a function over the cube, and after how many candidates it was within `near` of `least`.
    fn least(f: &dyn Fn(&[f64]) -> f64, n: usize, near: f64, budget: usize) -> (Vec<f64>, f64, usize) {
        let mut cma = Cma::new(vec![0.3; n], 0.3, usual(n));
        let (mut best, mut asked, mut generation) = ((vec![], f64::INFINITY), 0, 0);
        while asked < budget && best.1 > near {
            let mut draws = vec![0.0; n * cma.lambda()];
            Key::of_seed(4).uniforms(Stream::named("test", "", ""), generation, 0, &mut draws);
            draws.iter_mut().for_each(|u| *u = normal_quantile(*u));
            let all = cma.ask(&draws);
            let mut order: Vec<(f64, &Vec<f64>)> = all.iter().map(|x| (f(x), x)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            if order[0].0 < best.1 {
                best = (order[0].1.clone(), order[0].0);
            }
            let told: Vec<&[f64]> = order.iter().take(teachers(cma.lambda())).map(|(_, x)| x.as_slice()).collect();
            cma.tell(&told);
            asked += all.len();
            generation += 1;
        }
        (best.0, best.1, asked)
    }

    fn sphere(x: &[f64]) -> f64 {
        x.iter().map(|x| (x - 0.6) * (x - 0.6)).sum()
    }

    #[test]
    fn a_sphere() {
        let (x, worth, asked) = least(&sphere, 8, 1e-12, 4000);
        assert!(worth <= 1e-12 && x.iter().all(|x| (x - 0.6).abs() < 1e-5), "{worth} after {asked}");
    }

    #[test]
    fn the_valley_of_rosenbrock() {
        // in [-2, 2]^4, least at (1, 1, 1, 1)
        let f = |x: &[f64]| {
            let x: Vec<f64> = x.iter().map(|x| 4.0 * x - 2.0).collect();
            let part = |w: &[f64]| 100.0 * (w[1] - w[0] * w[0]) * (w[1] - w[0] * w[0]) + (1.0 - w[0]) * (1.0 - w[0]);
            x.windows(2).map(part).sum::<f64>()
        };
        let (x, worth, asked) = least(&f, 4, 1e-9, 12_000);
        assert!(worth <= 1e-9 && x.iter().all(|x| (x - 0.75).abs() < 1e-3), "{worth} after {asked}");
    }

    /// One axis is a thousand times as steep as another, and none lies along a coordinate. A cloud that could not turn
    /// would be far off: the same budget leaves the unturned one, of random search, ten thousand times higher.
    #[test]
    fn a_turned_ellipsoid() {
        let n = 6;
        let basis = |i: usize, k: usize| {
            let angle = std::f64::consts::PI * (k as f64 + 0.5) * i as f64 / n as f64; // the rows of a cosine transform
            angle.cos() * if i == 0 { (1.0 / n as f64).sqrt() } else { (2.0 / n as f64).sqrt() }
        };
        let f = |x: &[f64]| {
            let along = |i: usize| (0..n).map(|k| basis(i, k) * (x[k] - 0.45)).sum::<f64>();
            (0..n).map(|i| power(10.0, i as u32 + 1) * along(i) * along(i)).sum::<f64>()
        };
        let (x, worth, asked) = least(&f, n, 1e-9, 9000);
        assert!(worth <= 1e-9, "{worth} after {asked}: {x:?}");
        let mut draws = vec![0.0; n * asked];
        Key::of_seed(5).uniforms(Stream::named("test", "", ""), 0, 0, &mut draws);
        let blind = draws.chunks(n).map(f).fold(f64::INFINITY, f64::min);
        assert!(blind > 1e4 * worth, "blind search came to {blind}");
    }

    #[test]
    fn an_optimum_in_a_corner_is_found() {
        let f = |x: &[f64]| x.iter().enumerate().map(|(i, x)| if i == 0 { 3.0 - x } else { *x }).sum::<f64>();
        let (x, worth, asked) = least(&f, 5, 2.0, 3000);
        assert_eq!(worth, 2.0, "after {asked}: {x:?}");
        // and one on a face, where the other coordinates still matter
        let f = |x: &[f64]| sphere(&x[1..]) + 5.0 * x[0];
        let (x, worth, asked) = least(&f, 5, 1e-9, 6000);
        assert!(worth <= 1e-9, "{worth} after {asked}: {x:?}");
    }

    #[test]
    fn a_state_written_down_and_read_back_goes_on_alike() {
        let draws: Vec<f64> = (0..7 * 9).map(|i| (i as f64 * 0.7).sin()).collect();
        let step = |cma: &mut Cma| {
            let all = cma.ask(&draws);
            let told: Vec<&[f64]> = all.iter().map(Vec::as_slice).collect();
            cma.tell(&told);
            all
        };
        let mut whole = Cma::new(vec![0.5; 7], 0.2, 9);
        (0..5).for_each(|_| drop(step(&mut whole)));
        let text = serde_json::to_string(&whole).expect("written");
        let mut again: Cma = serde_json::from_str(&text).expect("read");
        assert_eq!(step(&mut whole), step(&mut again));
        assert_eq!(whole, again);
    }
}
